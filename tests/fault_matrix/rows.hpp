#pragma once

#include "cases.hpp"

namespace fault_matrix {

std::vector<Row> network_rows();
std::vector<Row> answer_rows(); // N5 to N12: the connection stands, its answer does not
std::vector<Row> quickbooks_rows();
std::vector<Row> token_rows();
std::vector<Row> disk_rows();
std::vector<Row> file_rows();
std::vector<Row> process_rows();

} // namespace fault_matrix
