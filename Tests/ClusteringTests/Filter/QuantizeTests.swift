// Rows as bytes: what was lost is bounded, whatever the row.
import Clustering
import KMeansCLanes
import KMeansKernelTypes
import Testing

/// A row as the filter's kernel quantises it.
struct QuantizedRow {
  var bytes: [Int8]
  var scale, error, length, norm, quantizedNorm, sum: Double

  init<Scalar: ClusteringScalar>(_ row: [Scalar], shift: [Scalar]) {
    let kernels = FilterKernels<Scalar>.compiled(for: .v4vnni)!
    let width = FilterShape.workColumns(row.count)
    var work = [Float](repeating: -7, count: width)
    var quantization = [Float](repeating: .nan, count: 3 * FilterShape.quantization)
    var bytes = [Int8](repeating: 99, count: width)
    kernels.quantizeRow(row, row.count, shift, &work, &bytes, &quantization, 3)
    self.bytes = bytes
    let values = (0..<FilterShape.quantization).map { Double(quantization[3 * $0]) }
    scale = values[KMEANS_QUANTIZATION_SCALE]
    error = values[KMEANS_QUANTIZATION_ERROR]
    length = values[KMEANS_QUANTIZATION_LENGTH]
    norm = values[KMEANS_QUANTIZATION_NORM]
    quantizedNorm = values[KMEANS_QUANTIZATION_QUANTIZED_NORM]
    sum = values[KMEANS_QUANTIZATION_SUM]
  }
}

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct QuantizeTests {
  @Test(arguments: TestData.allCases) func `what is lost is bounded`(data: TestData) {
    for d in [1, 2, 3, 4, 5, 15, 16, 17, 31, 33, 64, 100, 257] {
      check(data, d, Float.self)
      check(data, d, Double.self)
    }
  }

  private func check<Scalar: ClusteringScalar>(_ data: TestData, _ d: Int, _ type: Scalar.Type) {
    let points = data.points(6, d, seed: UInt64(d), of: type)
    let shift = (0..<d).map { points[5, $0] }
    for index in 0..<6 {
      let row = (0..<d).map { points[index, $0] }
      let found = QuantizedRow(row, shift: shift)
      #expect(found.bytes.dropFirst(d).allSatisfy { $0 == 0 })
      guard found.error.isFinite else {
        // Only rows whose squares a Float may not hold.
        #expect(zip(row, shift).contains { abs(Double($0) - Double($1)) > 1e14 })
        continue
      }
      var (lost, norm, quantized) = (0.0, 0.0, 0.0)
      for column in 0..<d {
        let value = Double(row[column]) - Double(shift[column])
        let rounded = found.scale * Double(found.bytes[column])
        lost += (value - rounded) * (value - rounded)
        norm += value * value
        quantized += rounded * rounded
      }
      let scale = found.scale
      #expect(lost.squareRoot() <= found.error * scale)
      #expect(quantized.squareRoot() <= found.length * scale)
      #expect(found.norm * scale * scale <= norm)
      #expect(found.quantizedNorm * scale * scale <= quantized)
      #expect(found.sum == Double(found.bytes.reduce(0) { $0 + Int($1) }))
      // Not only bounds, but tight ones, where a row has a size that bytes can show.
      guard norm.squareRoot() > 1e-25 else { continue }
      #expect(found.error * scale <= lost.squareRoot() * 1.001 + 1e-5 * norm.squareRoot())
      #expect(found.norm * scale * scale >= norm * (1 - 1e-4))
      #expect(found.bytes.map { abs(Int($0)) }.max() == 127)
    }
  }

  @Test func `points are turned`() {
    let kernels = FilterKernels<Float>.compiled(for: .v4vnni)!
    var random = TestRandom(3)
    for words in [1, 2, 15, 16, 17, 40] {
      let width = (words + 3) / 4 * 16
      let bytes = (0..<16 * width).map { _ in Int8(truncatingIfNeeded: random.next()) }
      var points = [Int32](repeating: 0, count: 16 * words)
      kernels.packPoints(bytes, width, words, &points)
      for word in 0..<words {
        for lane in 0..<16 {
          for byte in 0..<4 {
            let found = UInt8(truncatingIfNeeded: points[16 * word + lane] >> (8 * Int32(byte)))
            #expect(Int(found) == Int(bytes[lane * width + 4 * word + byte]) + 128)
          }
        }
      }
    }
  }
}
