#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace fault_matrix {

// What the host asks for, and so which call of QuickBooks the fault meets.
enum class Operation { item, vendor, order, update, bill };
// When the fault comes. Of a conversation: at the first send; in the middle of a batch, or of an
// order that needs something made first; at the second try. Of the store and the interface: in a
// hook, in the job, when the file is opened.
enum class Point { first, middle, second, hook, worker, open };

constexpr std::initializer_list<Operation> all_operations = {
    Operation::item, Operation::vendor, Operation::order, Operation::update, Operation::bill};
constexpr std::initializer_list<Point> sending = {Point::first, Point::middle, Point::second};
constexpr std::initializer_list<Point> storing = {Point::hook, Point::worker, Point::open};

const char* to_string(Operation operation);
const char* to_string(Point point);

class Run;

// One line of the table.
struct Row {
  const char* id;
  const char* fault;
  const char* injected;
  const char* expected; // besides: nothing lost, nothing doubled
  std::vector<Point> points;
  std::vector<Operation> operations;
  std::function<void(Run&)> play;
};

const std::vector<Row>& rows(); // N, H, O, D, P, S

// One cell of the table, played with one seed.
struct Cell {
  const Row* row;
  Point point;
  Operation operation;
};
std::vector<Cell> cells();
std::string name_of(const Cell& cell); // "N6/middle/bill"

} // namespace fault_matrix
