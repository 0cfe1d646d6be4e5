// Points with an answer that can be seen: from the rows (1, 2) and (10, 11) the centroids become
// (1.25, 2) and (10, 11.5) in two iterations; the inertia is 4 x 0.25^2 ... in all 0.625.

enum Sample {
  static let values: [Double] = [1, 2, 1.5, 2, 10, 11, 10, 12]
  static let csv = "x,y\n1,2\n1.5,2\n10,11\n10,12\n"
  static let npy = npyFile(values, columns: 2)
  static let start = npyFile([1, 2, 10, 11], columns: 2)
  static let labels = "0\n0\n1\n1\n"
  static let centroids = "1.25,2.0\n10.0,11.5\n"
}

extension Workplace {
  /// A folder with the sample as `a.csv` and `a.npy`, and `start.npy` to start from.
  static func withSample() -> Workplace {
    let workplace = Workplace()
    workplace.write(Sample.csv, to: "a.csv")
    workplace.write(Sample.npy, to: "a.npy")
    workplace.write(Sample.start, to: "start.npy")
    return workplace
  }
}
