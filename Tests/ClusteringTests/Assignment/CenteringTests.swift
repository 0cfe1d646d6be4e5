import Clustering
import Testing

@Suite struct CenteringTests {
  @Test(arguments: [1, 2, 3, 10, 511]) func `few rows give their median`(rows: Int) {
    for data in TestData.allCases {
      let points = data.points(rows, 5, seed: UInt64(rows), of: Float.self)
      let centering = points.withRows { Centering(medianOf: $0) }
      for column in 0..<5 {
        let sorted = (0..<rows).map { points[$0, column] }.sorted()
        #expect(centering.shift[column] == sorted[rows / 2], "\(data)")
      }
    }
  }

  /// More than half of the points in one place: that is where the shift lies, whatever the rest
  /// does.
  @Test func `the majority decides`() throws {
    let points = try Matrix<Double>(
      (0..<10_000).map { row -> [Double] in
        if row % 5 < 3 { return [7, -2] }
        return [Double(row) * 1e6, Double(row)]
      })
    let centering = points.withRows { Centering(medianOf: $0) }
    #expect(centering.shift == [7, -2])
  }
}
