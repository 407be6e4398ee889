# cocreate_embed(symbol file): the bytes of a text file as `const char symbol[]`, ended by a NUL, made
# when the build is configured: there is one copy of the text. As bytes, because a string literal of
# some length is more than C11 promises. The file is ASCII.
function(cocreate_embed symbol file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "((0x..,){16})" "\\1\n    " bytes "${bytes}")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${symbol}.c)
  file(CONFIGURE OUTPUT ${source} CONTENT
"extern const char ${symbol}[];
const char ${symbol}[] = {
    ${bytes}0};
")
  target_sources(cocreate_objects PRIVATE ${source})
endfunction()
