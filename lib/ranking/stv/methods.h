/* The single transferable vote. One line a method. */
#ifndef CCI_RANKING_STV_METHODS_H
#define CCI_RANKING_STV_METHODS_H

#define CCI_STV_METHODS(X)  \
    X(stv_scottish)         \
    X(stv_wigm)             \
    X(stv_gregory)          \
    X(stv_last_parcel)      \
    X(stv_ers97)            \
    X(stv_northern_ireland) \
    X(stv_minneapolis)      \
    X(stv_cfer)             \
    X(stv_san_francisco)    \
    X(stv_meek)             \
    X(stv_warren)           \
    X(stv_cpo)              \
    X(qpq)

#endif
