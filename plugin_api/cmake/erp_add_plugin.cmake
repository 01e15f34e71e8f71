# erp_add_plugin(NAME id SOURCES a.cpp ... [LIBRARIES l...] [NEEDS libcurl.so ...])
# A plugin as hosts expect it: the file <id>.so, which exports the entry and nothing else (so two
# versions of one plugin can be mapped side by side), has no symbol left open, and is never unmapped.
# NEEDS are the shared libraries it may ask a machine for, beside the C and C++ runtimes; this
# repository's tests/plugin_api/abi/binary.sh holds the file to all of this.
# The same function serves this repository and whoever does find_package(erp_plugin_api).
set(ERP_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/plugin.map CACHE INTERNAL "")

function(erp_add_plugin)
  cmake_parse_arguments(P "" "NAME" "SOURCES;LIBRARIES;NEEDS" ${ARGN})
  add_library(${P_NAME} MODULE ${P_SOURCES})
  target_link_libraries(${P_NAME} PRIVATE erp::plugin_api ${P_LIBRARIES})
  if(TARGET ledgerhook_flags)
    target_link_libraries(${P_NAME} PRIVATE ledgerhook_flags)
  endif()
  set_target_properties(${P_NAME} PROPERTIES PREFIX "" SUFFIX ".so"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${ERP_PLUGIN_MAP} ERP_NEEDS "${P_NEEDS}")
  target_link_options(${P_NAME} PRIVATE -Wl,--version-script=${ERP_PLUGIN_MAP}
    -Wl,-z,relro,-z,now,-z,nodelete,-z,noexecstack,-z,text)
  if(NOT LEDGERHOOK_SANITIZE) # the sanitizers' own symbols come from the program that loads it
    target_link_options(${P_NAME} PRIVATE -Wl,-z,defs)
  endif()
endfunction()
