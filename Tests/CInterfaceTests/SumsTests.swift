// Partial sums give the centroids of one pass, however rows are parted and merged.
import Clustering
import KMeansCHeader
import KMeansCInterface
import KMeansLinearAlgebra
import Testing

@Suite struct SumsTests {
  /// Sums of some rows, through bytes.
  private func part(
    _ values: [Float], _ range: Range<Int>, of all: Int, _ model: OpaquePointer?,
    _ limits: km_range?, weights: [Double]? = nil
  ) throws -> OpaquePointer? {
    var (sums, bytes, decoded) = (
      OpaquePointer?.none, OpaquePointer?.none, OpaquePointer?.none
    )
    var moved: Int64 = -1
    let some = Array(values[2 * range.lowerBound..<2 * range.upperBound])
    let outcome = withRows(some, columns: 2, weights: weights.map { Array($0[range]) }) { rows in
      withUnsafePointer(to: limits ?? km_range()) { limits in
        calling {
          km_sums_assign(
            model, rows, Int64(range.lowerBound), Int64(all),
            weights == nil && limits.pointee.struct_size > 0 ? limits : nil, 2, 0, nil, &moved,
            &sums,
            $0, $1)
        }
      }
    }
    try #require(outcome == .ok, "\(outcome)")
    #expect(moved == Int64(range.count))
    var (data, size) = (UnsafePointer<UInt8>?.none, 0)
    _ = calling { km_sums_encode(sums, &bytes, $0, $1) }
    _ = calling { km_bytes_view(bytes, &data, &size, $0, $1) }
    #expect(calling { km_sums_decode(data, size, &decoded, $0, $1) } == .ok)
    km_sums_free(sums)
    km_bytes_free(bytes)
    return decoded
  }

  private func start(_ values: [Float]) -> OpaquePointer? {
    var model: OpaquePointer?
    _ = withRows(Array(values[..<6]), columns: 2) { rows in
      calling { km_model_create(rows, Int32(KM_EUCLIDEAN), &model, $0, $1) }
    }
    return model
  }

  private func range(_ values: [Float]) -> km_range {
    var range = km_range()
    km_range_init(&range, MemoryLayout<km_range>.size)
    _ = withRows(values, columns: 2) { rows in
      calling { km_range_measure(rows, &range, $0, $1) }
    }
    return range
  }

  @Test(arguments: [false, true])
  func `iterations of parts are those of a fit`(weighted: Bool) throws {
    let n = 5000
    let values = blobs(n)
    let weights = weighted ? (0..<n).map { Double($0 % 5) + 0.5 } : nil
    var kmeans = KMeans(clusterCount: 3)
    (kmeans.tolerance, kmeans.maxIterations) = (0, 4)
    let first = try Matrix((0..<3).map { [values[2 * $0], values[2 * $0 + 1]] })
    let expected = try kmeans.fit(
      MatrixView(values.span, columns: 2), weights: weights?.span, from: first)
    #expect(km_sums_alignment(3) == 1024)
    var (model, limits) = (start(values), range(values))
    // Ranges of parts add up to that of all.
    let (left, right) = (range(Array(values[..<2048])), range(Array(values[2048...])))
    var merged = left
    withUnsafePointer(to: right) { right in
      #expect(calling { km_range_merge(&merged, right, $0, $1) } == .ok)
    }
    #expect(merged.largest == limits.largest && merged.smallest == limits.smallest)
    limits = merged
    for _ in 0..<expected.model.iterations {
      let parts = try [2048..<n, 0..<1024, 1024..<2048].map {
        try part(values, $0, of: n, model, limits, weights: weights)
      }
      #expect(calling { km_sums_merge(parts[0], parts[2], $0, $1) } == .ok)
      var next: OpaquePointer?
      let missing = calling { km_sums_finish(parts[0], Int64(n), model, &next, $0, $1) }
      #expect(missing.message == "rows 0 to 1023 are in no part (rows count from 0)")
      #expect(calling { km_sums_merge(parts[0], parts[1], $0, $1) } == .ok)
      #expect(
        calling { km_sums_merge(parts[0], parts[1], $0, $1) }.message
          == "rows 0 to 1023 are in two parts (rows count from 0)")
      #expect(calling { km_sums_finish(parts[0], Int64(n), model, &next, $0, $1) } == .ok)
      for part in parts { km_sums_free(part) }
      km_model_free(model)
      model = next
    }
    let found = try centroids(model, clusters: 3, columns: 2)
    #expect(found == (0..<3).flatMap { row in (0..<2).map { expected.model.centroids[row][$0] } })
    km_model_free(model)
  }

  @Test func `parts that do not fit are refused`() throws {
    let values = blobs(2000)
    let (model, limits) = (start(values), range(values))
    func assign(first: Int64, all: Int64, _ limits: km_range) -> String {
      var sums: OpaquePointer?
      return withUnsafePointer(to: limits) { limits in
        withRows(values, columns: 2) { rows in
          calling {
            km_sums_assign(model, rows, first, all, limits, 0, 0, nil, nil, &sums, $0, $1)
          }
        }
      }.message
    }
    #expect(
      assign(first: 100, all: 5000, limits)
        == "first_row is 100, expected a multiple of 1024: km_sums_alignment")
    #expect(
      assign(first: 1024, all: 2000, limits)
        == "2000 rows from 1024 on are more than the 2000 of all_rows")
    var narrow = limits
    narrow.largest /= 2
    #expect(
      assign(first: 0, all: 2000, narrow) == "values of these rows lie beyond the range of all rows"
    )
    #expect(km_sums_alignment(0) == 0 && km_sums_alignment(1 << 40) == 0)
    km_model_free(model)
  }
}
