internal import KMeansCLibrary

/// The memory that this process may still take, as far as it is known.
package enum AvailableMemory {
  /// The number of bytes: the least of those that the system has available, those that the control
  /// groups leave and those that the limits of the process leave (`ulimit -v`, `ulimit -d`); `nil`
  /// where none of them is known.
  ///
  /// - Complexity: O(1), and a few reads of the system's files: to be asked once a file, not a row.
  package static var bytes: Int? {
    [systemBytes, groupBytes, limitBytes].compactMap { $0 }.min()
  }

  /// Refuses memory that a file asks for and the process cannot have, before it is taken.
  ///
  /// - Parameter what: the name of the memory in the message: `a section of 1000 bytes`.
  /// - Throws: ``FileError/outOfMemory(path:problem:)``.
  package static func check(_ needed: Int, path: String, _ what: String) throws(FileError) {
    // A small piece is there, or none is.
    guard needed > 1 << 20, let bytes, needed > bytes / 10 * 9 else { return }
    throw .outOfMemory(
      path: path,
      problem: "\(what) takes \(needed) bytes of memory, expected at most \(bytes / 10 * 9), "
        + "nine tenths of what is free")
  }

  private static var systemBytes: Int? {
    #if os(Linux)
      number(after: "MemAvailable:", in: text(of: "/proc/meminfo")).map { $0 << 10 }
    #else
      let bytes = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(getpagesize())
      return bytes > 0 ? Int(bytes) : nil
    #endif
  }

  /// The bytes that the limits on the address space and on private memory leave.
  private static var limitBytes: Int? {
    #if os(Linux)
      let status = text(of: "/proc/self/status")
      let rests = [(RLIMIT_AS, "VmSize:"), (RLIMIT_DATA, "VmData:")].compactMap { kind, name in
        softLimit(kind).map { max(0, $0 - (number(after: name, in: status) ?? 0) << 10) }
      }
      return rests.min()
    #else
      return nil
    #endif
  }

  #if canImport(Glibc)
    private static func softLimit(_ kind: __rlimit_resource) -> Int? {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(kind.rawValue), &limit) == 0 else { return nil }
      return limit.rlim_cur > rlim_t(Int.max) ? nil : Int(limit.rlim_cur)
    }
  #elseif canImport(Musl)
    private static func softLimit(_ kind: Int32) -> Int? {
      var limit = rlimit()
      guard getrlimit(kind, &limit) == 0 else { return nil }
      return limit.rlim_cur > rlim_t(Int.max) ? nil : Int(limit.rlim_cur)
    }
  #endif

  /// The bytes that the control groups leave (version 2): of the group and of all above it, the
  /// limit less the memory that their processes hold. Cached files count as free, for the system
  /// drops them when memory is short.
  private static var groupBytes: Int? {
    #if os(Linux)
      let groups = text(of: "/proc/self/cgroup").split(separator: "\n")
      guard let own = groups.first(where: { $0.hasPrefix("0::/") }) else { return nil }
      var path = own.dropFirst(3)
      var least: Int?
      while true {
        let folder = "/sys/fs/cgroup\(path == "/" ? "" : path)"
        if let limit = wholeNumber(text(of: "\(folder)/memory.max")) {
          let held = number(after: "anon", in: text(of: "\(folder)/memory.stat")) ?? 0
          least = min(least ?? .max, max(0, limit - held))
        }
        guard path.count > 1, let slash = path.lastIndex(of: "/") else { return least }
        path = slash == path.startIndex ? "/" : path[..<slash]
      }
    #else
      return nil
    #endif
  }

  /// The number that a line begins with behind a name.
  private static func number(after name: String, in text: String) -> Int? {
    text.split(separator: "\n").first { line in
      line.hasPrefix(name) && line.dropFirst(name.count).first.map { !$0.isLetter } ?? false
        && !line.dropFirst(name.count).hasPrefix("_")
    }.flatMap { wholeNumber($0.dropFirst(name.count)) }
  }

  /// The digits that a text begins with, blanks left aside.
  private static func wholeNumber(_ text: some StringProtocol) -> Int? {
    Int(text.drop { $0 == " " || $0 == "\t" }.prefix { $0.isASCII && $0.isWholeNumber })
  }

  /// A file of the system, which says that it has no bytes and has some; empty where there is none.
  private static func text(of path: String) -> String {
    guard let file = try? InputFile(path) else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = bytes.withUnsafeMutableBytes { (try? file.read(into: $0)) ?? 0 }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
