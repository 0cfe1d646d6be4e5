import Foundation
import KMeansFiles

/// The folder of what the phases of a run leave for later ones: private, locked against a second
/// run, and of one run alone. Only files of that run are ever removed.
final class RunFolder: Sendable {
  /// The folder as messages name it.
  let path: String
  /// Whether it was made now.
  let isNew: Bool
  private let lock: FolderLock

  /// Opens the folder, or makes it.
  ///
  /// - Parameters:
  ///   - chosen: by the user; else it is `usual`.
  ///   - mayMake: whether it may be new; it may not where it has to hold something.
  /// - Throws: ``FileError`` where it is a file or cannot be made or written; ``Failure`` where it
  ///   is in use, or is not for us alone.
  init(_ chosen: String?, usual: @autoclosure () -> String, mayMake: Bool) throws {
    path = chosen ?? usual()
    var isNew = false
    if !exists(path) {
      guard mayMake else {
        throw Failure.usage(
          "\(path): there is no such folder, expected one that an earlier phase has left: --startPhase 0 "
            + "makes it")
      }
      guard makePrivateFolder(path) || errno == EEXIST else {
        throw FileError.system(path: path, operation: "make", code: errno)
      }
      isNew = true
    }
    self.isNew = isNew
    guard let status = FileStatus(of: path), status.isFolder else {
      throw FileError.system(path: path, operation: "use as a folder", code: ENOTDIR)
    }
    guard FileStatus.isWritable(path) else {
      throw FileError.system(path: path, operation: "write", code: errno)
    }
    // The name of the usual one can be foretold.
    guard chosen != nil || status.isPrivate else {
      throw Failure.usage(
        "\(path): others may look into this folder, or it is theirs: expected --tempDir DIR")
    }
    guard let lock = try FolderLock(FileStatus.realPath(of: path) ?? path) else {
      throw Failure.usage("\(path): another run is at work there, expected another --tempDir")
    }
    self.lock = lock
    try checkNames()
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  static let manifest = "run"
  static let rows = "rows.npy"
  static let weights = "weights.npy"
  static func sketch(_ split: Int) -> String { "split-\(split).sketch" }
  static func joined(again: Bool) -> String { again ? "resketched.sketch" : "union.sketch" }

  /// Whether a name is one of a run, or of a file that was being written when one was killed.
  private static func isOurs(_ name: String) -> Bool {
    var name = name[...]
    if name.hasPrefix("."), name.hasSuffix(".tmp") {
      let parts = name.dropFirst().dropLast(4).split(separator: ".")
      name = parts.dropLast().joined(separator: ".")[...]
    }
    if [manifest, rows, weights, joined(again: true), joined(again: false)].contains(String(name)) {
      return true
    }
    guard name.hasPrefix("split-"), name.hasSuffix(".sketch") else { return false }
    let number = name.dropFirst(6).dropLast(7)
    return Int(number).map { "\($0)" == number && $0 >= 0 } ?? false
  }

  /// Refuses a folder of other things.
  private func checkNames() throws {
    let names = try FolderContents.names(in: path)
    if let other = names.first(where: { !Self.isOurs($0) }) {
      throw Failure.usage(
        "\(path): it holds other files, such as '\(other)': expected a new or empty folder, or that of "
          + "an interrupted run")
    }
    let place = FileStatus.realPath(of: path) ?? path
    if let other = names.first(where: {
      !isRegularFile(file($0)) || FileStatus.realPath(of: file($0)) != "\(place)/\($0)"
    }) {
      throw Failure.usage("\(file(other)): it is no file of a run: expected another --tempDir")
    }
    guard let first = names.first(where: { !$0.hasPrefix(".") }),
      !names.contains(Self.manifest)
    else { return }
    throw Failure.usage(
      "\(path): it holds '\(first)', and no file 'run' that says of which run: expected another "
        + "--tempDir, or an empty folder")
  }

  /// Removes the files of the run; the one that says of which run they are is the last to go, so
  /// that one that is stopped meanwhile can be started again.
  ///
  /// - Parameter keeping: one that stays.
  func removeFiles(keeping: String? = nil) {
    let names = (try? FolderContents.names(in: path)) ?? []
    for name in names.filter({ $0 != Self.manifest }) + [Self.manifest]
    where Self.isOurs(name) && name != keeping { removeFile(file(name)) }
  }

  /// Removes the files of the run, and the folder, too, where that is asked for and nothing else is
  /// there.
  func remove(itself: Bool) {
    removeFiles()
    if itself { removeFolder(path) }
  }

  /// The usual folder: beside the first output, else in TMPDIR.
  static func usual(outputs: [String], number: String) -> String {
    var place =
      outputs.first.map { canonicalPath($0) } ?? ""
    repeat {
      place = URL(fileURLWithPath: place).deletingLastPathComponent().path
    } while !exists(place) && place != "/"
    if outputs.isEmpty {
      place = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
      if place.isEmpty { place = "/tmp" }
    }
    let name = ".kmeans-onepass-\(number)"
    return place.hasSuffix("/") ? place + name : "\(place)/\(name)"
  }
}
