/* A library with a symbol nobody has: it must be refused when it is loaded, not when it is called.
 */
int symbol_that_nobody_defines(void);
int erp_plugin_entry_v1(void);
int erp_plugin_entry_v1(void) {
  return symbol_that_nobody_defines();
}
