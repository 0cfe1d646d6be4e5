import Foundation
import KMeansFiles

/// The folder that `-o` names. If it is not there it is made when there is something to write into
/// it, and with it the folders that it lies in; whatever else is in it stays.
struct OutputFolder: Sendable {
  let path: String
  /// One name for it however it is written, where it is yet to be made.
  let newPlace: String?
  /// The folders to make, the outermost first.
  private let missing: [String]

  /// Checks the name.
  ///
  /// - Throws: where it is that of a file, or the folder could not be made.
  init(_ path: String) throws {
    guard !path.isEmpty, path != "-" else {
      throw Failure.usage("-o '\(path)': expected the name of a folder")
    }
    var missing: [String] = []
    var place = URL(fileURLWithPath: path).standardizedFileURL.path
    while !exists(place), place != "/" {
      missing.insert(place, at: 0)
      place = URL(fileURLWithPath: place).deletingLastPathComponent().path
    }
    guard let status = FileStatus(of: place) else {
      throw FileError.system(path: path, operation: "write", code: errno)
    }
    guard status.isFolder else {
      throw FileError.system(path: path, operation: "write", code: ENOTDIR)
    }
    guard FileStatus.isWritable(place) else {
      throw FileError.system(path: path, operation: "write", code: errno)
    }
    self.missing = missing
    // "new/../out" is made as "out": there will be no "new" to go through.
    let goesBack = path.split(separator: "/").contains("..")
    self.path = goesBack ? missing.last ?? path : path
    newPlace = missing.isEmpty ? nil : canonicalPath(path)
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Makes the folder if need be and does something; if that fails, the folders that were made and
  /// are empty go.
  func whileThere(_ body: () throws -> Void) throws {
    var made: [String] = []
    do {
      for folder in missing {
        if makeFolder(folder) {
          made.append(folder)
        } else if errno != EEXIST {
          throw FileError.system(path: folder, operation: "make", code: errno)
        }
      }
      try body()
    } catch {
      for folder in made.reversed() { removeFolder(folder) }
      throw error
    }
  }
}
