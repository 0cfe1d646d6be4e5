import ArgumentParser
import Clustering
import KMeansFiles
import KMeansLocks
import VectorIO

/// The files that are meant by the names on a command line: a folder stands for the files in it, in
/// the order of their names by bytes.
///
/// Names that begin with `_` or `.` are passed over, as Spark's and Hadoop's own files have them
/// (`_SUCCESS`, `.part-00000.crc`). What is no file, a folder within it say, is passed over with a
/// note. All else must hold points.
struct InputFiles: Sendable {
  private(set) var paths: [String] = []
  /// Lines for the user.
  private(set) var notes: [String] = []

  /// What was found by names: a folder is listed once in a run.
  private static let found = Mutex<[[ExactText]: Result<InputFiles, any Error>]>([:])

  /// - Throws: ``Failure`` where a folder has no file; ``FileError`` where it cannot be read.
  init(_ names: [String]) throws {
    self = try Self.found.withLock { found in
      let key = names.map { ExactText($0) }
      let files = found[key] ?? Result { try InputFiles(looking: names) }
      found[key] = files
      return files
    }.get()
  }

  private init(looking names: [String]) throws {
    for name in names {
      // The name of a standard stream that is closed leads to the root.
      if name != "-", !name.hasPrefix("/dev/"), FileStatus(of: name)?.isFolder ?? false {
        try add(folder: name)
      } else {
        paths.append(name)
      }
    }
  }

  private mutating func add(folder: String) throws {
    var (files, others) = ([String](), [String]())
    for name in try FolderContents.names(in: folder)
    where !ExactText(name).begins(with: "_") && !ExactText(name).begins(with: ".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      // A link that leads nowhere is a part that is gone: opening it says so.
      let isFile = isRegularFile(path) || FileStatus(of: path) == nil
      if isFile { files.append(path) } else { others.append(path) }
    }
    if let first = others.first {
      let more = others.count > 1 ? " and \(others.count - 1) more" : ""
      notes.append("\(folder): only the files in it are read, not \(first)\(more)")
    }
    guard !files.isEmpty else {
      throw Failure.data(
        "\(folder): there are no files in this folder, expected some whose names do not begin with "
          + "_ or .")
    }
    paths += files
  }

  /// The names and the files that they mean, for what must not be written or printed into.
  static func all(_ names: [String]) -> [String] {
    let files = (try? InputFiles(names))?.paths ?? []
    let known = Set(names.map { ExactText($0) })
    return names + files.filter { !known.contains(ExactText($0)) }
  }

  /// Refuses names that cannot be read, or not together.
  static func check(_ names: [String]) throws {
    if names.contains("") {
      throw ValidationError("the input is an empty name: expected a file, or - for standard input")
    }
    if names.contains("-"), names.count > 1 {
      throw ValidationError(
        "the standard input (-) among other inputs: expected it alone, or files alone")
    }
  }
}

extension RowOptions {
  /// Opens the files that some names mean, as one where they are several: the columns of the first
  /// that has rows hold for the others, by their names or else by their places.
  ///
  /// - Parameters:
  ///   - options: ``reading``, or more than that.
  ///   - note: takes lines for the user.
  func open(
    _ names: [String], _ options: ReadingOptions, note: (String) -> Void
  ) throws -> OpenedVectorFile {
    let files = try InputFiles(names)
    files.notes.forEach(note)
    guard files.paths.count > 1 else { return try open(files.paths[0], options) }
    var empty: [String] = []
    let opened = try OpenedVectorFile(
      joining: files.paths, as: counted(files.paths.count, "file")
    ) { path, first in
      try check(path)
      return reading(options, like: first)
    } onEmpty: { info in
      empty.append(info.path)
    } check: { info, first in
      try check(info, like: first, note: note)
    }
    if let first = empty.first {
      note(
        empty.count == 1
          ? "\(first): it has a line of names and no rows"
          : "\(first) and \(counted(empty.count - 1, "more file")): they have a line of names and no rows"
      )
    }
    return opened
  }

  /// The options for a file that follows others.
  ///
  /// - Parameter first: the first of them that has rows, if there is one.
  func reading(_ options: ReadingOptions, like first: VectorFileInfo?) -> ReadingOptions {
    first.map { ExpectedColumns($0, areListed: areColumnsListed).completing(options) } ?? options
  }

  /// Refuses a file whose columns are not those of the first.
  private func check(
    _ info: VectorFileInfo, like first: VectorFileInfo, note: (String) -> Void
  ) throws {
    try ExpectedColumns(first, areListed: areColumnsListed).check(
      info, info.chosenColumns, note: note)
    guard let weight = info.auxiliary.weight, info.auxiliary.isWeightOptional,
      (info.optionalWeight == nil) != (first.optionalWeight == nil)
    else { return }
    let (with, without) = info.optionalWeight == nil ? (first, info) : (info, first)
    throw Failure.data(
      "\(without.path): there is no column '\(weight)' to take weights from, as \(with.path) has")
  }
}
