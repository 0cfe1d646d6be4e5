// Helpers of the tests of the C interface: calls with their message.
import KMeansCHeader
import KMeansCInterface
import Testing

/// What a call returned, and what it said.
struct Outcome: Equatable {
  let status: Int
  let message: String

  static let ok = Outcome(status: KM_OK, message: "")
}

/// Runs a call with room for a message.
func calling(
  room: Int = 512, _ body: (UnsafeMutablePointer<CChar>, Int) -> km_status
) -> Outcome {
  var text = [CChar](repeating: 0, count: room)
  let status = text.withUnsafeMutableBufferPointer { body($0.baseAddress!, $0.count) }
  let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return Outcome(status: Int(status), message: String(decoding: bytes, as: UTF8.self))
}

/// Dense rows of floats or doubles for the length of a closure.
func withRows<Scalar, Result>(
  _ values: [Scalar], columns: Int, weights: [Double]? = nil,
  _ body: (UnsafePointer<km_rows>) throws -> Result
) rethrows -> Result {
  try values.withUnsafeBufferPointer { values in
    try (weights ?? []).withUnsafeBufferPointer { given in
      var rows = km_rows()
      km_rows_init(&rows, MemoryLayout<km_rows>.size)
      rows.values = UnsafeRawPointer(values.baseAddress)
      rows.type = Int32(Scalar.self == Float.self ? KM_FLOAT32 : KM_FLOAT64)
      (rows.count, rows.columns) = (Int64(values.count / columns), Int64(columns))
      rows.weights = weights == nil ? nil : given.baseAddress
      return try body(&rows)
    }
  }
}

func fitOptions(clusters: Int, seed: UInt64 = 0) -> km_fit_options {
  var options = km_fit_options()
  km_fit_options_init(&options, MemoryLayout<km_fit_options>.size)
  (options.clusters, options.seed) = (Int64(clusters), seed)
  return options
}

/// Three blobs of two columns, and points between them.
func blobs(_ count: Int, seed: UInt64 = 1) -> [Float] {
  var state = seed
  func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 24)
  }
  return (0..<count).flatMap { row -> [Float] in
    let center = Float(row % 3) * 10
    return [center + next(), -center + next()]
  }
}

/// The centroids of a model.
func centroids(_ model: OpaquePointer?, clusters: Int, columns: Int) throws -> [Float] {
  var values = [Float](repeating: 0, count: clusters * columns)
  let outcome = calling { km_model_centroids(model, &values, values.count, $0, $1) }
  try #require(outcome == .ok)
  return values
}
