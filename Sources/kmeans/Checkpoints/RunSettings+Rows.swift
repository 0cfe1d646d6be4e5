import Clustering
import KMeansFiles
import VectorIO

// What says how rows are read, and what they are.
extension RunSettings {
  /// Adds how rows are read; their precision may be that of the file, and is told apart.
  mutating func set(_ rows: RowOptions) {
    set("--columns", rows.columns)
    set("--exclude", rows.exclude)
    for option in rows.given {
      let words = option.split(separator: " ", maxSplits: 1).map(String.init)
      if ["--columns", "--exclude", "--precision"].contains(words[0]) { continue }
      set(words[0], words[1])
    }
  }
}

/// The columns and the type of the points of a run: both may be those of the file.
struct PointForm: Codable {
  private(set) var precision = ""
  /// By name or else by number.
  private var columns: [String] = []
  var columnCount: Int { columns.count }

  init() {}

  init<Scalar: ClusteringScalar>(_ columns: [String], of type: Scalar.Type) {
    precision = (Scalar.self == Float.self ? Precision.float : .double).rawValue
    self.columns = columns
  }

  /// Refuses points of another form.
  ///
  /// - Parameters:
  ///   - earlier: that in a checkpoint.
  ///   - input: the name of the points.
  ///   - path: the name of the checkpoint.
  func check(like earlier: PointForm, _ input: String, _ path: String) throws {
    guard precision == earlier.precision else {
      throw Failure.usage(
        "--precision \(precision): the checkpoint \(path) is of a run with --precision "
          + "\(earlier.precision): expected the same")
    }
    guard columns == earlier.columns else {
      throw Failure.data(
        "\(input): its points have the columns \(quoted(columns)), and had "
          + "\(quoted(earlier.columns)) when the checkpoint \(path) was written: expected the same")
    }
  }
}

extension VectorFileInfo {
  /// The columns of the rows, by name or else by number.
  var namedColumns: [String] { chosenColumns.map { $0.name ?? "\($0.number)" } }
}
