extension Checksum {
  /// The checksum of the bytes of a regular file.
  ///
  /// - Throws: ``FileError/system(path:operation:code:)`` where it cannot be read.
  /// - Complexity: O(bytes), in memory for a part of them.
  package init(ofFileAt path: String) throws(FileError) {
    self.init()
    let file = try InputFile(path)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { memory.deallocate() }
    while case let count = try file.read(into: memory), count > 0 {
      add(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }
  }
}
