# The consistency of the sources, checked by ordinary tests. Exit status 77 says: skipped, and why.
find_package(Python3 3.9 COMPONENTS Interpreter)

function(cocreate_check name)
  add_test(NAME check/${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(check/${name} PROPERTIES
    LABELS check SKIP_RETURN_CODE 77 TIMEOUT 300 ENVIRONMENT "PYTHONDONTWRITEBYTECODE=1;LC_ALL=C.UTF-8")
endfunction()

set(scripts ${PROJECT_SOURCE_DIR}/scripts)
if(Python3_Interpreter_FOUND)
  foreach(name floors docs kinds binding size text)
    cocreate_check(${name} ${Python3_EXECUTABLE} ${scripts}/check_${name}.py)
  endforeach()
  cocreate_check(sources ${Python3_EXECUTABLE} ${scripts}/check_sources.py
                 ${PROJECT_BINARY_DIR}/lib/sources.txt)
endif()
cocreate_check(headers ${scripts}/check_headers.sh)
cocreate_check(header_sets ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR}
               --target all_verify_interface_header_sets --config $<CONFIG>)

# Sanitizers and coverage add calls and exports of their own.
if(NOT COCREATE_SANITIZE AND NOT COCREATE_COVERAGE AND Python3_Interpreter_FOUND)
  cocreate_check(exports ${Python3_EXECUTABLE} ${scripts}/check_exports.py $<TARGET_FILE:cocreate>)
  cocreate_check(symbols ${Python3_EXECUTABLE} ${scripts}/check_symbols.py
                 ${PROJECT_BINARY_DIR}/lib/CMakeFiles/cocreate_objects.dir)
  cocreate_check(no_float ${Python3_EXECUTABLE} ${scripts}/check_no_float.py
                 ${PROJECT_BINARY_DIR}/lib/CMakeFiles/cocreate_objects.dir)
  if(NOT COCREATE_SANITIZE)
    cocreate_check(builders ${Python3_EXECUTABLE} ${scripts}/rule_builders --check
                   $<TARGET_FILE:cocreate>)
  endif()
  cocreate_check(scenarios ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/scenarios/tell --check)
  cocreate_check(no_float_test ${Python3_EXECUTABLE} ${scripts}/check_no_float.py --self-test
                 ${CMAKE_C_COMPILER})
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64"
     AND CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    cocreate_check(abi ${scripts}/check_abi.sh $<TARGET_FILE:cocreate>)
  endif()
endif()
