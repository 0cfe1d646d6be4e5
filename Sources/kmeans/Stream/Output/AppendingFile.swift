import Foundation
import KMeansFiles

/// A file that others read while it grows, whole lines at a time: a trace, or predictions.
///
/// It is made when the first lines come. Lines that are there already stay, and new ones go behind
/// them: whoever starts the same command again, after whatever has ended it, loses none.
final class AppendingFile {
  let path: String
  private var descriptor: Int32?
  /// How many bytes of whole lines were there before; nothing for what is no file, or none yet.
  var wholeBytes: Int?
  /// Whether the folder knows the file for good.
  private var isFolderSynced = false

  /// - Parameter path: a file, or - for the standard output.
  init(_ path: String) { self.path = path }

  deinit {
    if let descriptor, descriptor != STDOUT_FILENO { close(descriptor) }
  }

  /// Looks at the lines of an earlier run. Nothing is changed yet.
  ///
  /// - Parameters:
  ///   - kind: what the file is expected to be: `a trace`.
  ///   - isOurs: whether its first line is one that may be there. Of a first line without an end it
  ///     gets what there is.
  /// - Returns: how many whole lines there are.
  /// - Throws: where the file holds something else, which nobody wants to lose or to find among
  ///   lines of ours.
  func examine(
    as kind: String, isOurs: (_ line: String, _ isWhole: Bool) -> Bool
  ) throws -> Int {
    guard path != "-", isRegularFile(path) else { return 0 }
    let found = try EarlierLines(of: path)
    guard found.isEmpty || isOurs(found.first, found.count > 0) else {
      throw Failure.data(
        "\(path): expected \(kind) that this command wrote, to add lines behind it, found something "
          + "else: give another name, or move the file away")
    }
    wholeBytes = found.wholeBytes
    return found.count
  }

  /// The same for a line of JSON a batch.
  ///
  /// - Parameter key: one that each line has.
  /// - Returns: the number of the line that comes next, where there are others before it.
  func nextBatchLine(as kind: String, with key: String) throws -> Int? {
    let beginning = "{\"batch\":"
    let lines = try examine(as: kind) { line, isWhole in
      isWhole
        ? line.hasPrefix(beginning) && line.contains(",\"\(key)\":")
        : line.hasPrefix(beginning) || beginning.hasPrefix(line)
    }
    return lines > 0 ? lines + 1 : nil
  }

  /// Writes lines behind those before, by one call of the system where that takes them all.
  ///
  /// - Parameter lines: whole ones, with their ends.
  /// - Throws: ``FileError`` where they cannot be written; none of them is left in a file then.
  func write(_ lines: [UInt8]) throws {
    let descriptor = try open()
    var done = 0
    while done < lines.count {
      let count = lines.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress! + done, lines.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        takeBack(done, descriptor)
        throw FileError.system(path: name, operation: "write", code: code)
      }
      done += count
    }
  }

  /// Opens the file, if that has not been done.
  @discardableResult
  func open() throws -> Int32 {
    if let descriptor { return descriptor }
    if path == "-" {
      descriptor = STDOUT_FILENO
      return STDOUT_FILENO
    }
    let opened = openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard opened >= 0 else { throw FileError.system(path: name, operation: "write", code: errno) }
    descriptor = opened
    try cutHalfLine(opened)
    return opened
  }

  /// How long the file is that a checkpoint goes on behind, and what writes it down for good.
  ///
  /// - Returns: how many bytes the file has; nothing for what is no file.
  func lengthToKeep() throws -> (length: Int?, sync: OutputSync?) {
    guard let descriptor else { return (path == "-" ? nil : wholeBytes ?? 0, nil) }
    var status = stat()
    guard path != "-", fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return (nil, nil)
    }
    if !isFolderSynced { syncFolder(of: path) }
    isFolderSynced = true
    return (Int(status.st_size), try OutputSync(descriptor, name))
  }

  /// Takes away the half line of a run that was killed while it wrote, or what came behind a
  /// checkpoint.
  private func cutHalfLine(_ descriptor: Int32) throws {
    var status = stat()
    guard let wholeBytes, fstat(descriptor, &status) == 0, Int(status.st_size) > wholeBytes else {
      return
    }
    guard ftruncate(descriptor, off_t(wholeBytes)) == 0 else {
      throw FileError.system(path: name, operation: "write", code: errno)
    }
  }

  /// Whether the file that is open, if one is, is the one of the name.
  var isUnderItsName: Bool {
    guard let descriptor else { return true }
    return FileStatus(descriptor: descriptor)?.identity == FileStatus(of: path)?.identity
  }

  private var name: String { path == "-" ? "standard output" : path }

  /// Takes the beginning of lines back of which the rest could not be written.
  private func takeBack(_ count: Int, _ descriptor: Int32) {
    var status = stat()
    guard count > 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return
    }
    _ = ftruncate(descriptor, status.st_size - off_t(count))
  }
}
