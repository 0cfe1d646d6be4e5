import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The target of an output, checked before any work is done.
struct Output: Sendable {
  /// The form that the extension tells.
  enum Form: Sendable, Equatable {
    case npy, csv, model
    /// Sparse rows, as SciPy reads them.
    case npz
    /// A page of HTML.
    case page
    /// Lines that are written as they come, under any name.
    case lines
    /// Rows of numbers, in any format.
    case rows(VectorFormat)
  }

  /// A file, or `-` for the standard output under any name.
  let path: String
  /// The option that names it.
  let option: String
  let form: Form
  var isStdout: Bool { path == "-" }

  /// What centroids may be written as.
  static var centroidForms: [Form] { [.npy, .csv, .npz] }

  /// The output that an option names, of one of some forms; `nil` without that option.
  ///
  /// - Parameters:
  ///   - toStdout: whether it may be the standard output.
  ///   - inputs: files that are read.
  ///   - newFolder: a folder that will be made before any output is written, by its canonical path.
  /// - Throws: ``Failure`` where the extension says another form, where the folder does not exist
  ///   or may not be written, and where an input would be overwritten.
  init?(
    _ path: String?, option: String, allowing forms: [Form] = [.npy, .csv], toStdout: Bool = false,
    inputs: [String], newFolder: String? = nil
  ) throws {
    guard let path else { return nil }
    self.option = option
    self.path = StandardStreams.isOutput(path) ? "-" : path
    if self.path == "-" {
      guard toStdout else { throw Failure.usage("\(option) \(path): expected a file") }
      form = .csv
      try checkStdout()
      return
    }
    let takesAnyName = forms == [.model] || forms == [.lines]
    if forms == [.lines], path.hasSuffix(".gz") {
      throw Failure.usage(
        "\(option) '\(path)': expected a name without .gz, for lines that others can follow are not "
          + "compressed")
    }
    if takesAnyName, !path.isEmpty {
      form = forms[0]
    } else if path.hasSuffix(".npy"), forms.contains(.npy) {
      form = .npy
    } else if path.hasSuffix(".csv"), forms.contains(.csv) {
      form = .csv
    } else if path.hasSuffix(".npz"), forms.contains(.npz) {
      form = .npz
    } else if path.hasSuffix(".html"), forms.contains(.page) {
      form = .page
    } else {
      let endings = [(Form.npz, ".npz"), (.npy, ".npy"), (.csv, ".csv"), (.page, ".html")].filter {
        forms.contains($0.0)
      }.map(\.1)
      let first = endings.dropLast().joined(separator: ", ")
      let all = first.isEmpty ? endings.joined() : "\(first) or \(endings[endings.count - 1])"
      let names = takesAnyName ? "" : " that ends in \(all)"
      throw Failure.usage("\(option) '\(path)': expected a name\(names)")
    }
    try checkPlace(option, inputs, newFolder)
  }

  /// An output of rows in a format, or in the one that the extension says.
  ///
  /// - Throws: as above.
  init(rows path: String, option: String, format: VectorFormat? = nil, inputs: [String]) throws {
    self.option = option
    self.path = StandardStreams.isOutput(path) ? "-" : path
    guard let format = format ?? VectorFormat(path: path), !path.isEmpty else {
      throw Failure.usage(
        "\(option) '\(path)': expected a name that ends in \(VectorFormat.fileExtensions), "
          + "or that and .gz")
    }
    form = .rows(format)
    if isStdout { try checkStdout() } else { try checkPlace(option, inputs) }
  }

  private func checkPlace(
    _ option: String, _ inputs: [String], _ newFolder: String? = nil
  ) throws {
    let place = canonicalPath(path)
    let exact = ExactText(place)
    if let input = inputs.first(where: { $0 != "-" && ExactText(canonicalPath($0)) == exact }) {
      throw Failure.usage("\(option) \(path): expected another file than the input \(input)")
    }
    try checkFolders(option, place, inputs)
    try checkIdentity(option, inputs)
    try checkStreams(option)
    try checkPlace(place, newFolder)
  }

  /// Refuses a closed standard output; ``Redirections`` has refused one into a file that is read.
  private func checkStdout() throws {
    if StandardStreams.isClosed(STDOUT_FILENO) {
      throw FileError.system(path: "standard output", operation: "write", code: EBADF)
    }
  }

  /// Refuses a new file in a folder of which all files are read: the next run would read it, too.
  private func checkFolders(_ option: String, _ place: String, _ inputs: [String]) throws {
    let folder = ExactText(URL(fileURLWithPath: place).deletingLastPathComponent().path)
    let input = inputs.first {
      $0 != "-" && FileStatus(of: $0)?.isFolder ?? false && ExactText(canonicalPath($0)) == folder
    }
    guard let input else { return }
    throw Failure.usage(
      "\(option) \(path): expected a place outside of the folder \(input), of which all files are "
        + "read")
  }

  /// Refuses a file that is read under another name.
  private func checkIdentity(_ option: String, _ inputs: [String]) throws {
    guard let input = FileIdentity(path, reading: false)?.file(among: inputs) else { return }
    let name = input == "-" ? "standard input" : "input \(input)"
    throw Failure.usage("\(option) \(path): expected another file than the \(name)")
  }

  /// Refuses a file that a standard stream leads into: lines that are printed there would be lost
  /// with the file that is replaced, or stand among its lines.
  private func checkStreams(_ option: String) throws {
    guard let identity = FileIdentity(path, reading: false) else { return }
    for (stream, name) in [(STDOUT_FILENO, "output"), (STDERR_FILENO, "error")]
    where FileIdentity(descriptor: stream) == identity {
      throw Failure.usage("\(option) \(path): expected another file than the standard \(name)")
    }
  }

  private func checkPlace(_ place: String, _ newFolder: String?) throws {
    let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
    if let status = FileStatus(of: place) {
      if status.isFolder {
        throw FileError.system(path: path, operation: "write", code: EISDIR)
      }
      if !FileStatus.isWritable(place) {
        throw FileError.system(path: path, operation: "write", code: errno)
      }
    } else if !exists(folder) {
      if let newFolder, areSamePath(folder, newFolder) { return }
      throw Failure(
        line: "\(path): cannot write: there is no folder \(folder)", status: EX_IOERR)
    } else if !FileStatus.isWritable(folder) {
      throw FileError.system(path: path, operation: "write", code: errno)
    }
  }

  /// Refuses two outputs that are one file.
  static func checkDistinct(_ outputs: [Output?]) throws {
    var seen: Set<ExactText> = []
    var files: Set<FileIdentity> = []
    for output in outputs.compactMap({ $0 }) {
      let isOld = FileIdentity(output.path, reading: false).map { !files.insert($0).inserted }
      guard seen.insert(ExactText(canonicalPath(output.path))).inserted, isOld != true else {
        let name = output.isStdout ? "the standard output" : output.path
        throw Failure.usage("\(name) is named for two outputs, expected a file for each")
      }
    }
  }

  /// Refuses two outputs to the standard output.
  static func checkStdout(_ claims: [String?]) throws {
    let claims = claims.compactMap(\.self)
    guard claims.count < 2 else {
      throw Failure.usage("\(claims.joined(separator: " and ")) both want the standard output")
    }
  }
}

/// The option that keeps outputs that exist.
struct ClobberOptions: ParsableArguments {
  @Flag(help: "Refuse to replace an output that exists, before any work.")
  var noClobber = false

  /// Refuses outputs that exist, where that is asked for; what is no file, a pipe say, is not
  /// replaced.
  func check(_ outputs: [Output?]) throws {
    let found = outputs.compactMap { $0 }.first { isRegularFile($0.path) }
    guard noClobber, let found else { return }
    throw Failure.usage(
      "\(found.option) \(found.path): the file exists: expected another name, or leave out --no-clobber"
    )
  }
}

extension [Output?] {
  /// Whether any of them is a file.
  var haveFiles: Bool { contains { $0.map { !$0.isStdout } ?? false } }
}
