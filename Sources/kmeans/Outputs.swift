import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Where something is written, checked before any work is done.
struct Output: Sendable {
  /// The form that the extension says.
  enum Form: Sendable {
    case npy, csv, model
  }

  let path: String
  let form: Form
  var isStdout: Bool { path == "-" }

  /// An output of one of some forms.
  ///
  /// - Throws: where the extension says another form, where the folder does not exist or may not be
  ///   written, and where the input would be overwritten.
  init(_ path: String, option: String, allowing forms: [Form], input: String) throws {
    self.path = path
    if forms == [.model] {
      form = .model
    } else if path == "-", forms.contains(.csv) {
      form = .csv
      return
    } else if path.hasSuffix(".npy"), forms.contains(.npy) {
      form = .npy
    } else if path.hasSuffix(".csv"), forms.contains(.csv) {
      form = .csv
    } else {
      let names = forms.map { ".\($0)" }.joined(separator: " or ")
      throw Failure.usage("\(option) \(path): expected a name that ends in \(names)")
    }
    try checkPlace(input: input, option: option)
  }

  private func checkPlace(input: String, option: String) throws {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    if input != "-", url == URL(fileURLWithPath: input).resolvingSymlinksInPath() {
      throw Failure.usage("\(option) \(path): that is the input")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) {
      if isFolder.boolValue {
        throw FileError.system(path: path, operation: "write", code: EISDIR)
      }
      if access(url.path, W_OK) != 0 {
        throw FileError.system(path: path, operation: "write", code: errno)
      }
    } else if access(url.deletingLastPathComponent().path, W_OK) != 0 {
      throw FileError.system(path: path, operation: "write", code: errno)
    }
  }

  /// No two outputs may be one file.
  static func checkDistinct(_ outputs: [Output?]) throws {
    var seen: Set<String> = []
    for output in outputs.compactMap({ $0 }) where !seen.insert(output.path).inserted {
      throw Failure.usage("\(output.path) is named for two outputs")
    }
  }

  /// Writes labels, one a row.
  func write(labels: [Int32]) throws {
    form == .npy ? try writeNPY(labels, to: path) : try writeCSV(labels, to: path)
  }

  /// Writes distances, one a row.
  func write(distances: [Double]) throws {
    form == .npy ? try writeNPY(distances, to: path) : try writeCSV(distances, to: path)
  }

  /// Writes centroids, one a row.
  func write<Scalar: ClusteringScalar>(centroids: Matrix<Scalar>) throws {
    form == .npy ? try writeNPY(centroids, to: path) : try writeCSV(centroids, to: path)
  }
}
