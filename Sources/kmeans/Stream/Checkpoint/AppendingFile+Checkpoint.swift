import Foundation
import KMeansFiles

// Outputs that go on behind a checkpoint.
extension AppendingFile {
  /// Refuses a file that does not hold what it held when a checkpoint was written. One that is gone
  /// was moved away, as whoever keeps logs does: another takes its place.
  ///
  /// - Parameters:
  ///   - length: how many bytes it had; `nil` where it was no file.
  ///   - ends: what they began and ended with, where that is known.
  ///   - option: the option that names it.
  ///   - checkpoint: the name of the checkpoint.
  /// - Returns: whether there is what it held.
  func check(
    length: Int?, _ ends: FileEnds?, _ option: String, _ checkpoint: String
  ) throws -> Bool {
    guard let length, length > 0 else { return true }
    guard let status = FileStatus(of: path) else { return false }
    let remedy = "bring it back, or begin anew with another --checkpoint and another \(option)"
    guard status.size >= length else {
      throw Failure.data(
        "\(path): it has \(counted(status.size, "byte")), and had \(length) when the checkpoint "
          + "\(checkpoint) was written: \(remedy)")
    }
    let file = try InputFile(path)
    let byte = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { byte.deallocate() }
    guard try file.read(at: length - 1, into: byte) == 1, byte[0] == UInt8(ascii: "\n") else {
      throw Failure.data(
        "\(path): no line ends at byte \(length), where the checkpoint \(checkpoint) goes on: "
          + "the file was changed: \(remedy)")
    }
    if let ends, let found = FileEnds(of: path, length: length), found != ends {
      throw Failure.data(
        "\(path): it was changed within the \(counted(length, "byte")) that it had when the checkpoint "
          + "\(checkpoint) was written: \(remedy)")
    }
    return true
  }

  /// What the lines begin and end with that a checkpoint goes on behind; `nil` for what is no file,
  /// or not under its name any more.
  func ends(length: Int) -> FileEnds? {
    guard path != "-", length > 0, isUnderItsName else { return nil }
    return FileEnds(of: path, length: length)
  }

  /// Takes away what was written behind a checkpoint.
  ///
  /// - Parameter length: as in ``check(length:_:_:_:)``.
  func cut(to length: Int?) throws {
    guard let length else { return }
    wholeBytes = length
    if exists(path) { try open() }
  }
}
