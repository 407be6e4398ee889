/* The elimination methods: options leave round by round. One line a method. */
#ifndef CCI_RANKING_ELIMINATION_METHODS_H
#define CCI_RANKING_ELIMINATION_METHODS_H

#define CCI_ELIMINATION_METHODS(X) \
    X(irv)

#endif
