import KMeansFiles
import VectorIO

/// How a file of centroids is read.
enum CentroidFile {
  /// The file of centroids that a path means: that in a folder which `kmeans onepass -o` wrote,
  /// else the path itself.
  ///
  /// - Throws: ``Failure`` where it is another folder.
  static func path(_ path: String) throws -> String {
    guard path != "-", FileStatus(of: path)?.isFolder ?? false else { return path }
    let file = path.hasSuffix("/") ? path + "centroids.npy" : "\(path)/centroids.npy"
    guard isRegularFile(file) else {
      throw Failure.usage(
        "\(path): expected a model, a file of centroids, or a folder with centroids.npy, as "
          + "'kmeans onepass -o' writes it")
    }
    return file
  }

  /// Options for reading.
  ///
  /// Names that are numbers, as pandas has them, look like a row. Where what is below them is
  /// written otherwise, `--header yes` holds for this file, too, and without it a note says so.
  ///
  /// - Parameters:
  ///   - format: that of a file of which neither the name nor the first bytes say one.
  ///   - header: what is said of the points' file.
  ///   - note: takes a line for the user.
  static func options(
    _ path: String, _ format: VectorFormat?, _ header: HeaderRow, note: (String) -> Void
  ) -> ReadingOptions {
    var options = ReadingOptions()
    options.fallbackFormat = format
    guard header != .no, isRegularFile(path), let names = numberNames(path, options) else {
      return options
    }
    if header == .yes {
      options.header = .yes
    } else if names.allSatisfy({ Int($0) != nil }) {
      note(
        "\(path): line 1 looks like names (\(names.prefix(3).joined(separator: ","))"
          + "\(names.count > 3 ? ",..." : "")) and is taken for a centroid (--header yes takes it for "
          + "names)")
    } else {
      // It is refused, and what to do is told.
      options.namesOptions = true
    }
    return options
  }

  /// The fields of the first line, where they differ, some are whole numbers, and the number below
  /// has a fraction: so this tool writes names and centroids.
  private static func numberNames(_ path: String, _ options: ReadingOptions) -> [String]? {
    var options = options
    options.header = .yes
    // What is wrong with the file is told by who reads it.
    guard let names = try? OpenedVectorFile(path, options: options).info.columnNames,
      let name = names.first(where: { Int($0) != nil }), Set(names).count == names.count,
      let below = try? TextColumn("\"\(name)\"", of: path, options: options).values.first,
      Int(below) == nil, Double(below) != nil
    else { return nil }
    return names
  }
}
