#include "cases.hpp"

#include "rows.hpp"

namespace fault_matrix {

const char* to_string(Operation operation) {
  constexpr const char* names[] = {"item", "vendor", "order", "update", "bill"};
  return names[static_cast<int>(operation)];
}

const char* to_string(Point point) {
  constexpr const char* names[] = {"first", "middle", "second", "hook", "worker", "open"};
  return names[static_cast<int>(point)];
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = [] {
    std::vector<Row> joined;
    for (const auto& part : {network_rows(), answer_rows(), quickbooks_rows(), token_rows(),
                             disk_rows(), file_rows(), process_rows()})
      joined.insert(joined.end(), part.begin(), part.end());
    return joined;
  }();
  return all;
}

std::vector<Cell> cells() {
  std::vector<Cell> all;
  for (const Row& row : rows())
    for (const Point point : row.points)
      for (const Operation operation : row.operations)
        all.push_back({&row, point, operation});
  return all;
}

std::string name_of(const Cell& cell) {
  return std::string(cell.row->id) + "/" + to_string(cell.point) + "/" + to_string(cell.operation);
}

} // namespace fault_matrix
