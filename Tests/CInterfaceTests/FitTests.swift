// km_fit and models give the bits of the library, and refuse what is wrong with one line.
import Clustering
import KMeansCHeader
import KMeansCInterface
import KMeansLinearAlgebra
import Testing

@Suite struct FitTests {
  @Test func `a fit is that of the library, bit for bit`() throws {
    let values = blobs(500)
    let expected = try KMeans(clusterCount: 3, seed: 7).fit(MatrixView(values.span, columns: 2))
    var options = fitOptions(clusters: 3, seed: 7)
    var labels = [Int32](repeating: -1, count: 500)
    var model: OpaquePointer?
    let outcome = withRows(values, columns: 2) { rows in
      calling { km_fit(rows, &options, &model, &labels, $0, $1) }
    }
    #expect(outcome == .ok)
    #expect(labels == expected.labels)
    let found = try centroids(model, clusters: 3, columns: 2)
    #expect(
      found
        == (0..<3).flatMap { [expected.model.centroids[$0][0], expected.model.centroids[$0][1]] })
    var info = km_model_info()
    info.struct_size = MemoryLayout<km_model_info>.size
    #expect(calling { km_model_get_info(model, &info, $0, $1) } == .ok)
    #expect(info.inertia == expected.model.inertia && info.converged == 1)
    #expect(info.iterations == Int64(expected.model.iterations))
    #expect(km_model_free(model) == 0)
  }

  @Test func `rows with a stride, weights, and given centroids`() throws {
    let wide = blobs(600)  // 300 rows of 4 values, of which 2 count
    let weights = (0..<300).map { Double($0 % 4) }
    let start: [Float] = [0, 0, 10, -10, 20, -20]
    let view = try MatrixView(wide.span, rows: 300, columns: 2, rowStride: 4)
    let expected = try KMeans(clusterCount: 3).fit(
      view, weights: weights.span, from: Matrix([[0, 0], [10, -10], [20, -20]]))
    var labels = [Int32](repeating: -1, count: 300)
    let outcome = withRows(wide, columns: 4, weights: weights) { rows in
      withRows(start, columns: 2) { start in
        var (rows, options) = (rows.pointee, fitOptions(clusters: 3))
        (rows.columns, rows.row_stride) = (2, 4)
        options.initial_centroids = start
        return calling { km_fit(&rows, &options, nil, &labels, $0, $1) }
      }
    }
    #expect(outcome == .ok)
    #expect(labels == expected.labels)
  }

  @Test func `initial centroids that do not fit are refused`() {
    func message<Scalar>(_ start: [Scalar], columns: Int) -> String {
      withRows(blobs(30), columns: 2) { rows in
        withRows(start, columns: columns) { start in
          var options = fitOptions(clusters: 3)
          options.initial_centroids = start
          return calling { km_fit(rows, &options, nil, nil, $0, $1) }.message
        }
      }
    }
    #expect(message([Float](repeating: 1, count: 9), columns: 3) == "rows of 3 columns, expected 2")
    #expect(
      message([Float](repeating: 1, count: 4), columns: 2) == "2 initial centroids, expected 3")
    #expect(
      message([Double](repeating: 1, count: 6), columns: 2)
        == "options->initial_centroids->type is 2, expected float32 as the rows'")
  }

  @Test func `sparse rows give the labels of dense ones`() throws {
    let values: [Float] = [1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 0, 0, 2, 1, 2, 0, 3]
    let expected = try KMeans(clusterCount: 2).fit(MatrixView(values.span, columns: 3))
    var (indices, offsets, kept) = ([Int64](), [Int32(0)], [Float]())
    for row in 0..<6 {
      for column in 0..<3 where values[row * 3 + column] != 0 {
        indices.append(Int64(column))
        kept.append(values[row * 3 + column])
      }
      offsets.append(Int32(kept.count))
    }
    var labels = [Int32](repeating: -1, count: 6)
    let outcome = kept.withUnsafeBufferPointer { kept in
      indices.withUnsafeBufferPointer { indices in
        offsets.withUnsafeBufferPointer { offsets in
          var (rows, options) = (km_rows(), fitOptions(clusters: 2))
          km_rows_init(&rows, MemoryLayout<km_rows>.size)
          rows.values = UnsafeRawPointer(kept.baseAddress)
          rows.indices = UnsafeRawPointer(indices.baseAddress)
          rows.offsets = UnsafeRawPointer(offsets.baseAddress)
          (rows.count, rows.columns, rows.nonzeros) = (6, 3, Int64(kept.count))
          (rows.layout, rows.index_bits, rows.offset_bits) = (Int32(KM_CSR), 64, 32)
          return calling { km_fit(&rows, &options, nil, &labels, $0, $1) }
        }
      }
    }
    #expect(outcome == .ok)
    #expect(labels == expected.labels)
  }

  @Test func `progress is told, may end a fit, and may cancel it`() throws {
    final class Calls {
      var iterations: [Int64] = []
      var answer = KM_CONTINUE
      var inertias: [Double] = []
    }
    let calls = Calls()
    func fit(_ answer: Int, recording: Int32 = 0) -> (Outcome, OpaquePointer?) {
      (calls.iterations, calls.inertias, calls.answer) = ([], [], answer)
      var (options, model) = (fitOptions(clusters: 40), OpaquePointer?.none)
      (options.tolerance, options.record_inertia) = (0, recording)
      options.context = Unmanaged.passUnretained(calls).toOpaque()
      options.progress = { context, progress in
        let calls = Unmanaged<Calls>.fromOpaque(context!).takeUnretainedValue()
        calls.iterations.append(progress!.pointee.iteration)
        if progress!.pointee.iteration > 0 { calls.inertias.append(progress!.pointee.inertia) }
        return Int32(progress!.pointee.iteration > 0 ? calls.answer : KM_CONTINUE)
      }
      let values = blobs(2000)
      let outcome = withRows(values, columns: 2) { rows in
        calling { km_fit(rows, &options, &model, nil, $0, $1) }
      }
      return (outcome, model)
    }
    let (whole, model) = fit(KM_CONTINUE)
    #expect(whole == .ok && calls.iterations.max()! > 3 && calls.iterations.first == 0)
    km_model_free(model)
    #expect(calls.inertias.allSatisfy { $0.isNaN })
    km_model_free(fit(KM_CONTINUE, recording: 1).1)
    #expect(calls.inertias == calls.inertias.sorted(by: >) && calls.inertias.count > 3)
    let (finished, first) = fit(KM_FINISH)
    #expect(finished == .ok && calls.iterations.max() == 1 && first != nil)
    km_model_free(first)
    let (cancelled, none) = fit(KM_CANCEL)
    #expect(cancelled.status == KM_CANCELLED && none == nil && calls.iterations.max() == 1)
    let (other, _) = fit(77)
    #expect(other.status == KM_CANCELLED)
  }

  @Test func `seeds are those of the fit, with their rows`() throws {
    let values = blobs(300)
    var options = fitOptions(clusters: 5, seed: 3)
    var found = [Float](repeating: 0, count: 10)
    var numbers = [Int64](repeating: -2, count: 5)
    let outcome = withRows(values, columns: 2) { rows in
      calling { km_seed(rows, &options, &found, &numbers, $0, $1) }
    }
    #expect(outcome == .ok)
    for cluster in 0..<5 {
      let row = Int(numbers[cluster])
      #expect(Array(found[2 * cluster..<2 * cluster + 2]) == Array(values[2 * row..<2 * row + 2]))
    }
  }

  @Test func `what is wrong is said in one line`() throws {
    let values = blobs(30)
    func fit(
      _ change: (inout km_rows, inout km_fit_options) -> Void
    ) -> Outcome {
      withRows(values, columns: 2) { rows in
        var (rows, options) = (rows.pointee, fitOptions(clusters: 3))
        change(&rows, &options)
        return calling { km_fit(&rows, &options, nil, nil, $0, $1) }
      }
    }
    let cases: [(String, Int, (inout km_rows, inout km_fit_options) -> Void)] = [
      ("rows->values is NULL", KM_INVALID_ARGUMENT, { rows, _ in rows.values = nil }),
      (
        "rows->count is -1, expected at least 0", KM_INVALID_ARGUMENT,
        { rows, _ in rows.count = -1 }
      ),
      ("there are no points", KM_INVALID_DATA, { rows, _ in rows.count = 0 }),
      (
        "rows->columns is 0, expected at least 1", KM_INVALID_ARGUMENT,
        { rows, _ in rows.columns = 0 }
      ),
      (
        "rows->row_stride is 1, expected at least 2, the columns", KM_INVALID_ARGUMENT,
        { rows, _ in rows.row_stride = 1 }
      ),
      (
        "rows: 4611686018427387904 rows of 2 values are more than memory can hold",
        KM_INVALID_ARGUMENT, { rows, _ in rows.count = 1 << 62 }
      ),
      (
        "rows: 35184372088832 rows of 2 values are more than memory can hold", KM_INVALID_ARGUMENT,
        { rows, _ in rows.count = 1 << 45 }
      ),
      ("rows->type is 3, expected one of 1, 2", KM_INVALID_ARGUMENT, { rows, _ in rows.type = 3 }),
      (
        "rows->layout is 0, expected one of 1, 2", KM_INVALID_ARGUMENT,
        { rows, _ in rows.layout = 0 }
      ),
      (
        "rows->struct_size is 0: call km_rows_init first", KM_INVALID_ARGUMENT,
        { rows, _ in rows.struct_size = 0 }
      ),
      (
        "options->struct_size is 0: call km_fit_options_init first", KM_INVALID_ARGUMENT,
        { _, options in options.struct_size = 0 }
      ),
      (
        "options->clusters is 0, expected a number from 1 to 2147483647", KM_INVALID_ARGUMENT,
        { _, options in options.clusters = 0 }
      ),
      (
        "31 clusters for 30 points, expected at most as many clusters as points", KM_INVALID_DATA,
        { _, options in options.clusters = 31 }
      ),
      (
        "options->threads is -1, expected at least 0", KM_INVALID_ARGUMENT,
        { _, options in options.threads = -1 }
      ),
      (
        "options->init is 9, expected one of 0, 1, 2, 3", KM_INVALID_ARGUMENT,
        { _, options in options.`init` = 9 }
      ),
      (
        "the tolerance is nan, expected a finite number that is not negative", KM_INVALID_ARGUMENT,
        { _, options in options.tolerance = .nan }
      ),
      ("0 runs, expected at least 1", KM_INVALID_ARGUMENT, { _, options in options.runs = 0 }),
    ]
    for (message, status, change) in cases {
      #expect(fit(change) == Outcome(status: status, message: message), "\(message)")
    }
    var unaligned = values
    let moved = unaligned.withUnsafeMutableBytes { bytes in
      var (rows, options) = (km_rows(), fitOptions(clusters: 2))
      km_rows_init(&rows, MemoryLayout<km_rows>.size)
      (rows.values, rows.count, rows.columns) = (UnsafeRawPointer(bytes.baseAddress! + 1), 4, 2)
      return calling { km_fit(&rows, &options, nil, nil, $0, $1) }
    }
    #expect(
      moved.status == KM_INVALID_ARGUMENT && moved.message.hasSuffix("expected a multiple of 4"))
    var broken = values
    broken[7] = .nan
    var options = fitOptions(clusters: 2)
    let nan = withRows(broken, columns: 2) { rows in
      calling { km_fit(rows, &options, nil, nil, $0, $1) }
    }
    #expect(
      nan
        == Outcome(
          status: KM_INVALID_DATA,
          message: "the value in row 3, column 1 is not finite (rows and columns count from 0)"))
    #expect(calling { km_fit(nil, &options, nil, nil, $0, $1) }.message == "rows is NULL")
    #expect(
      calling { km_fit_f32(values, 15, 2, 2, nil, nil, nil, $0, $1) }.message == "options is NULL")
    // A message that is cut ends with a NUL, and nobody needs room for one.
    #expect(calling(room: 8) { km_fit(nil, &options, nil, nil, $0, $1) }.message == "rows is")
    #expect(Int(km_fit(nil, &options, nil, nil, nil, 0)) == KM_INVALID_ARGUMENT)
  }

  @Test func `an older structure is shorter, a newer one longer`() throws {
    let values = blobs(30)
    var options = fitOptions(clusters: 3)
    // One that ends before the callback, and with it.
    let size = MemoryLayout<km_fit_options>.offset(of: \.progress)!
    options.struct_size = size
    options.progress = { _, _ in Int32(KM_CANCEL) }
    let older = withRows(values, columns: 2) { rows in
      calling { km_fit(rows, &options, nil, nil, $0, $1) }
    }
    #expect(older == .ok, "fields beyond the size are not looked at")
    var info = (km_model_info(), UInt64.max)
    var model: OpaquePointer?
    options = fitOptions(clusters: 3)
    _ = withRows(values, columns: 2) { rows in
      calling { km_fit(rows, &options, &model, nil, $0, $1) }
    }
    info.0.struct_size = MemoryLayout<km_model_info>.size + 8
    #expect(calling { km_model_get_info(model, &info.0, $0, $1) } == .ok)
    #expect(info.1 == .max && info.0.struct_size == MemoryLayout<km_model_info>.size + 8)
    km_model_free(model)
  }
}
