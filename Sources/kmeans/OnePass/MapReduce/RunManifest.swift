import Clustering
import Foundation
import KMeansFiles

/// What a folder of a run says of the run, and of what its phase 0 has found.
struct RunManifest {
  static let kind = "k-means one-pass run"

  let identity: RunIdentity
  /// Whether the folder was made for the run.
  let isFolderMade: Bool
  /// The rows of the input; `nil` while they are not known.
  var rows: SplitRows?

  init(_ identity: RunIdentity, isFolderMade: Bool) {
    (self.identity, self.isFolderMade) = (identity, isFolderMade)
  }

  /// Reads it; `nil` where there is none.
  init?(in folder: RunFolder) throws {
    let path = folder.file(RunFolder.manifest)
    guard let archive = try Archive.ifThere(path, kind: Self.kind) else { return nil }
    identity = RunIdentity(
      inputs: try archive.string("inputs"), options: try archive.string("options"))
    isFolderMade = try archive.int("isFolderMade") != 0
    rows = archive["rows"] == nil ? nil : try SplitRows(archive)
  }

  func write(to folder: RunFolder) throws {
    var archive = Archive(kind: Self.kind)
    archive["inputs"] = .string(identity.inputs)
    archive["options"] = .string(identity.options)
    archive["isFolderMade"] = .int(isFolderMade ? 1 : 0)
    rows?.write(to: &archive)
    try archive.write(to: folder.file(RunFolder.manifest))
  }
}

/// What phase 0 finds: how many rows there are, where, and what is done to all of them.
struct SplitRows {
  /// The input, as messages name it.
  let name: String
  let count: Int
  let dimension: Int
  let isFloat: Bool
  /// The columns of the input.
  let columns: InputColumns?
  /// A sketch without points, which knows how rows are transformed.
  let start: [UInt8]
  /// The checksums of the rows that are kept in the folder, and of their weights; `nil` where rows
  /// are read from the input itself, or all weigh 1.
  var checksum: UInt32?
  var weightChecksum: UInt32?
  var skipped = 0
  var filled: Int?

  init(
    name: String, count: Int, dimension: Int, isFloat: Bool, columns: InputColumns?,
    start: [UInt8]
  ) {
    (self.name, self.count, self.dimension) = (name, count, dimension)
    (self.isFloat, self.columns, self.start) = (isFloat, columns, start)
  }

  fileprivate init(_ archive: Archive) throws {
    func number(_ name: String, from least: Int = 0) throws -> Int {
      let value = try archive.int(name)
      guard value >= least, value < 1 << 53 else {
        throw FileError.malformed(
          path: archive.path, place: .wholeFile,
          problem: "section \(quoted(name)) is \(value), expected a number from \(least) to 2^53")
      }
      return Int(value)
    }
    name = try archive.string("name")
    count = try number("rows")
    dimension = try number("dimension", from: 1)
    isFloat = try number("isFloat") != 0
    columns = try InputColumns(archive, columns: dimension) { text in
      FileError.malformed(path: archive.path, place: .wholeFile, problem: text)
    }
    start = try archive.bytes("start")
    if archive["checksum"] != nil {
      checksum = UInt32(truncatingIfNeeded: try number("checksum"))
    }
    if archive["weightChecksum"] != nil {
      weightChecksum = UInt32(truncatingIfNeeded: try number("weightChecksum"))
    }
    skipped = try number("skipped")
    if archive["filled"] != nil { filled = try number("filled") }
  }

  fileprivate func write(to archive: inout Archive) {
    archive["name"] = .string(name)
    archive["rows"] = .int(Int64(count))
    archive["dimension"] = .int(Int64(dimension))
    archive["isFloat"] = .int(isFloat ? 1 : 0)
    columns?.write(to: &archive)
    archive["start"] = .bytes(start)
    if let checksum { archive["checksum"] = .int(Int64(checksum)) }
    if let weightChecksum { archive["weightChecksum"] = .int(Int64(weightChecksum)) }
    archive["skipped"] = .int(Int64(skipped))
    if let filled { archive["filled"] = .int(Int64(filled)) }
  }
}
