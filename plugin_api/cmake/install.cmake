# What an author who has no copy of this repository gets: cmake --install BUILD --component plugin_api
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/erp_plugin_api)

set_target_properties(erp_plugin_api PROPERTIES EXPORT_NAME plugin_api)
set_target_properties(erp_sdk PROPERTIES EXPORT_NAME sdk)
install(TARGETS erp_plugin_api erp_sdk EXPORT erp_plugin_api
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT plugin_api)
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/erp ${CMAKE_CURRENT_SOURCE_DIR}/sdk/include/erp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT plugin_api)
install(FILES ${CMAKE_CURRENT_SOURCE_DIR}/template/plugin_template.c ${CMAKE_CURRENT_SOURCE_DIR}/template/plugin.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/erp_plugin_api COMPONENT plugin_api)

install(EXPORT erp_plugin_api NAMESPACE erp:: FILE erp_plugin_api-targets.cmake
  DESTINATION ${package_folder} COMPONENT plugin_api)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/erp_plugin_api-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/erp_plugin_api-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/erp_plugin_api-config-version.cmake
  VERSION ${plugin_api_version} COMPATIBILITY SameMajorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/erp_plugin_api-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/erp_plugin_api-config-version.cmake
  ${CMAKE_CURRENT_LIST_DIR}/erp_add_plugin.cmake
  ${CMAKE_CURRENT_LIST_DIR}/plugin.map
  DESTINATION ${package_folder} COMPONENT plugin_api)

# The file says where it is itself, so the installed folder may be moved.
file(RELATIVE_PATH prefix_from_pkgconfig
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(${CMAKE_CURRENT_LIST_DIR}/erp-plugin-api.pc.in ${CMAKE_CURRENT_BINARY_DIR}/erp-plugin-api.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/erp-plugin-api.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT plugin_api)
