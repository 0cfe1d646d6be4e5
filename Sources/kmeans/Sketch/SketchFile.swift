import Clustering
import Foundation
import KMeansFiles

/// A sketch in a file, with the columns of the input that it is of: sections that the tool adds, so
/// that a model of the sketch knows them.
struct SketchFile<Scalar: ClusteringScalar> {
  /// The file.
  let path: String
  private(set) var sketch: StreamingSketch<Scalar>
  private(set) var columns: InputColumns?

  init(path: String, _ sketch: StreamingSketch<Scalar>, _ columns: InputColumns?) {
    (self.path, self.sketch, self.columns) = (path, sketch, columns)
  }

  /// - Parameter execution: the threads and kernels with which it goes on.
  /// - Throws: ``FileError`` where something in it cannot be.
  init(_ archive: Archive, _ execution: Execution) throws {
    path = archive.path
    sketch = try StreamingSketch(archive, execution: execution)
    guard let dimension = sketch.dimension else { return }
    columns = try InputColumns(archive, columns: dimension) { text in
      FileError.malformed(path: archive.path, place: .wholeFile, problem: text)
    }
  }

  /// All of it.
  var archive: Archive {
    var archive = sketch.archive
    columns?.write(to: &archive)
    return archive
  }

  /// Adds what another sketch knows, whose centroids are sketched again.
  ///
  /// - Throws: ``Failure`` where the two are not of rows of one kind.
  mutating func merge(_ other: SketchFile) throws {
    try check(other)
    do throws(ClusteringError) { try sketch.merge(other.sketch) } catch {
      throw ErrorLocator(other.path, columnCount: sketch.dimension ?? 0).failure(error)
    }
    columns = columns ?? other.columns
  }

  /// Refuses a sketch of other rows.
  private func check(_ other: SketchFile) throws {
    func refuse(_ found: String, _ expected: String) throws -> Never {
      throw Failure.data("\(other.path): \(found), expected \(expected) as in \(path)")
    }
    let (own, theirs) = (sketch, other.sketch)
    if let expected = own.dimension, let found = theirs.dimension, found != expected {
      try refuse("a sketch of points of \(counted(found, "column"))", "\(expected)")
    }
    let (distance, another) = (own.parameters.distance, theirs.parameters.distance)
    if distance != another {
      let isSame = another.kind == distance.kind
      try refuse(
        "the distance is \(another.kind.rawValue)\(isSame ? " by other parameters" : "")",
        "\(distance.kind.rawValue)\(isSame ? " by those" : "")")
    }
    let (power, theirPower) = (own.parameters.usedPower, theirs.parameters.usedPower)
    if power != theirPower { try refuse("a sketch by --power \(theirPower)", "--power \(power)") }
    if own.parameters.standardizes != theirs.parameters.standardizes {
      let (is0, not) = ("standardised columns", "columns that are not standardised")
      try refuse(
        "a sketch of \(theirs.parameters.standardizes ? is0 : not)",
        own.parameters.standardizes ? is0 : not)
    }
    if let transform = own.transform, let another = theirs.transform, transform != another {
      let isMahalanobis = distance.kind == .mahalanobis
      let others =
        isMahalanobis ? "mixed by another covariance" : "standardised by other means and deviations"
      throw Failure.data(
        "\(other.path): its columns were \(others) than those of \(path), expected sketches of one "
          + "run: 'kmeans onepass' of all files together"
          + (isMahalanobis ? ", or --covariance FILE for each" : ""))
    }
    if let names = columns?.names, let found = other.columns?.names, names != found {
      try refuse("columns \(quoted(found))", quoted(names))
    }
  }
}

/// A sketch in the type in which its file holds it.
enum AnySketch {
  case floats(SketchFile<Float>)
  case doubles(SketchFile<Double>)

  /// Reads a file that `kmeans onepass --sketch`, or the library, has written.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on.
  init(_ path: String, _ execution: Execution) throws {
    let archive = try Self.archive(path)
    switch try archive.string("precision") {
    case "float": self = .floats(try SketchFile(archive, execution))
    case "double": self = .doubles(try SketchFile(archive, execution))
    case let other:
      throw FileError.malformed(
        path: path, place: .wholeFile,
        problem: "section 'precision' is \(quoted(other)), expected float or double")
    }
  }

  private static func archive(_ path: String) throws -> Archive {
    if path != "-", FileStatus(of: path)?.isFolder ?? false {
      throw Failure.usage("\(path): expected the file of a sketch, found a folder")
    }
    let kind = StreamingSketch<Float>.archiveKind
    let found = try archiveKind(path)
    if found == nil, !isRegularFile(path) {
      throw Failure.usage(
        "\(path): a sketch is read from a file, not from a pipe: expected the name of a file")
    }
    guard found == kind else {
      let what = found.map { ", found a \($0)" } ?? ""
      throw Failure.data(
        "\(path): expected a sketch that 'kmeans onepass --sketch' wrote\(what)")
    }
    return try Archive(readingFrom: path, kind: kind)
  }

  /// The sketches of some files, each merged with those before it.
  static func merged(_ paths: [String], _ execution: Execution) throws -> AnySketch {
    switch try AnySketch(paths[0], execution) {
    case .floats(var sketch):
      for path in paths.dropFirst() {
        guard case .floats(let other) = try AnySketch(path, execution) else {
          throw otherPrecision(path, "doubles", paths[0], "floats")
        }
        try sketch.merge(other)
      }
      return .floats(sketch)
    case .doubles(var sketch):
      for path in paths.dropFirst() {
        guard case .doubles(let other) = try AnySketch(path, execution) else {
          throw otherPrecision(path, "floats", paths[0], "doubles")
        }
        try sketch.merge(other)
      }
      return .doubles(sketch)
    }
  }

  private static func otherPrecision(
    _ path: String, _ found: String, _ first: String, _ expected: String
  ) -> Failure {
    .data("\(path): a sketch of \(found), expected one of \(expected) as in \(first)")
  }
}
