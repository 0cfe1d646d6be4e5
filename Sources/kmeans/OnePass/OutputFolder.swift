import Foundation
import KMeansFiles

/// The folder that `-o` names. If it does not exist, it is made with its parents when an output is
/// written into it; other files in it stay.
struct OutputFolder: Sendable {
  let path: String
  /// Its canonical path where it is yet to be made; else `nil`.
  let newPlace: String?
  /// The folders to make, the outermost first.
  private let missing: [String]

  /// Checks the name.
  ///
  /// - Throws: ``Failure`` where it is the name of a file, or the folder could not be made.
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

  /// Makes the folder if need be and calls a closure; if that fails, the folders that were made and
  /// are empty are removed.
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
