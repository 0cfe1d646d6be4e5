// Clusters memory that the program owns, in three forms, and asserts that all say the same: an
// array of arrays, which is copied once; a span, which is borrowed; and records of which the
// coordinates are a part, read where they lie by a pointer and a stride.
//
//     swift run -c release --package-path Examples/OwnMemory
import Clustering

@main
enum OwnMemory {
  /// Numbers of a record: three coordinates, a time and a battery's charge.
  static let stride = 5
  static let columns = 3

  static func main() throws {
    let records = Self.records(count: 3_000)
    let kmeans = KMeans(clusterCount: 4, seed: 7)

    // 1. Rows of their own: a matrix is made of them.
    let rows = Swift.stride(from: 0, to: records.count, by: stride).map { start in
      Array(records[start..<start + columns])
    }
    let ofRows = try kmeans.fit(Matrix(rows))

    // 2. Coordinates one after another: the span of the array is borrowed.
    let coordinates = Array(rows.joined())
    let view = try MatrixView(coordinates.span, columns: columns)
    let ofSpan = try kmeans.fit(view)

    // 3. The records as they are: rows lie `stride` numbers apart, and nothing is copied.
    let ofPointer = try records.withUnsafeBufferPointer { buffer in
      let view = MatrixView(
        unsafeBase: buffer.baseAddress!, rows: buffer.count / stride, columns: columns,
        rowStride: stride)
      return try kmeans.fit(view)
    }

    for (name, fit) in [("span", ofSpan), ("strided pointer", ofPointer)] {
      precondition(fit.labels == ofRows.labels, "the labels of the \(name)")
      precondition(fit.model.centroids == ofRows.model.centroids, "the centroids of the \(name)")
      precondition(fit.model.inertia == ofRows.model.inertia, "the inertia of the \(name)")
    }
    print("\(rows.count) points, inertia \(ofRows.model.inertia): all three agree")
  }

  /// Records round four places, without a random number.
  static func records(count: Int) -> [Float] {
    var numbers: [Float] = []
    for number in 0..<count {
      let place = Float(number % 4)
      let noise = (0..<columns).map { Float((number * (37 + 16 * $0)) % 101) / 101 - 0.5 }
      numbers += [10 * place + noise[0], -5 * place + noise[1], place * place + noise[2]]
      numbers += [Float(number), 100 - Float(number % 100)]
    }
    return numbers
  }
}
