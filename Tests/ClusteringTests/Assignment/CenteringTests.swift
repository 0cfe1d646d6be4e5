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

  /// The weight of centroids counts, not their number.
  @Test(arguments: [1, 2, 40, 511, 4000]) func `the heaviest centroids decide`(count: Int) throws {
    var values = TestData.noise.points(count, 3, seed: 5, of: Double.self)
    var weights = [Double](repeating: 1, count: count)
    weights[count / 2] = Double(count) * 1.5
    for column in 0..<3 { values[count / 2, column] = 77 }
    #expect(Centering(centroids: values, weights: weights).shift == [77, 77, 77])
    for sum in [0, Double.infinity, .greatestFiniteMagnitude] {
      weights = Array(repeating: sum, count: count)
      let shift = Centering(centroids: values, weights: weights).shift
      for column in 0..<3 {
        #expect((0..<count).contains { values[$0, column] == shift[column] }, "\(sum)")
      }
    }
  }
}
