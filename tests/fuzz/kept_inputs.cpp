#include "look_at.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

// Takes every file of a folder once. With the ordinary compiler, in every test run: so that the
// inputs that were kept go on to fit their target, and what was found once stays mended.
int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: " << words[0] << " FOLDER\n";
    return 1;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(words[1]))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::cout << file.filename().string() << std::endl; // said before, for it may be the last
    std::ifstream stream(file, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(stream), {}};
    look_at(input);
  }
  std::cout << files.size() << " inputs taken\n";
  return files.empty() ? 1 : 0;
}
