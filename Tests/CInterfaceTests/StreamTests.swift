// Streams and sketches of the C interface are those of the library.
import Clustering
import KMeansCHeader
import KMeansCInterface
import KMeansLinearAlgebra
import Testing

@Suite struct StreamTests {
  private func options() -> km_stream_options {
    var options = km_stream_options()
    km_stream_options_init(&options, MemoryLayout<km_stream_options>.size)
    (options.clusters, options.seed, options.first_rows) = (3, 5, 60)
    (options.forgetting_form, options.forgetting) = (Int32(KM_FORGET_HALF_LIFE), 4)
    return options
  }

  @Test func `a stream learns, predicts, and goes on from its bytes`() throws {
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: .halfLife(4, .batches), seed: 5)
    parameters.start = .firstRows(60)
    var expected = StreamingKMeans<Float>(parameters)
    var (options, stream) = (options(), OpaquePointer?.none)
    #expect(calling { km_stream_create(&options, &stream, $0, $1) } == .ok)
    var report = km_batch_report()
    report.struct_size = MemoryLayout<km_batch_report>.size
    var early: OpaquePointer?
    #expect(calling { km_stream_snapshot(stream, &early, $0, $1) }.status == KM_NOT_STARTED)
    for batch in 0..<5 {
      let values = blobs(40, seed: UInt64(batch))
      let wanted = try expected.update(MatrixView(values.span, columns: 2))
      let outcome = withRows(values, columns: 2) { rows in
        calling { km_stream_update(stream, rows, nil, &report, nil, $0, $1) }
      }
      #expect(outcome == .ok)
      #expect(report.number == Int64(wanted.number) && report.inertia == wanted.inertia)
      #expect(report.waiting_points == Int64(wanted.waitingPoints))
      var (events, count) = ([km_event](repeating: km_event(), count: 8), 0)
      #expect(calling { km_stream_events(stream, &events, 8, &count, $0, $1) } == .ok)
      #expect(count == wanted.events.count && Int64(count) == report.events)
      for (event, born) in zip(events, wanted.events) {
        #expect(event.cluster == Int64(born.cluster) && event.kind == Int32(KM_BORN))
      }
      // On from its bytes.
      var (bytes, data, size, again) = (
        OpaquePointer?.none, UnsafePointer<UInt8>?.none, 0, OpaquePointer?.none
      )
      #expect(calling { km_stream_encode(stream, &bytes, $0, $1) } == .ok)
      _ = calling { km_bytes_view(bytes, &data, &size, $0, $1) }
      #expect(calling { km_stream_decode(data, size, &again, $0, $1) } == .ok)
      km_stream_free(stream)
      km_bytes_free(bytes)
      stream = again
    }
    var found = [Double](repeating: 0, count: 6)
    #expect(calling { km_stream_centroids(stream, &found, 6, $0, $1) } == .ok)
    let wanted = try #require(expected.centroids)
    #expect(found == (0..<3).flatMap { [wanted[$0][0], wanted[$0][1]] })
    let points = blobs(9, seed: 77)
    let scores = try expected.predict(MatrixView(points.span, columns: 2))
    var (labels, ids) = ([Int32](repeating: -1, count: 9), [Int64](repeating: -1, count: 9))
    var outliers = [Double](repeating: -1, count: 9)
    labels.withUnsafeMutableBufferPointer { labels in
      ids.withUnsafeMutableBufferPointer { ids in
        outliers.withUnsafeMutableBufferPointer { outliers in
          var predictions = km_predictions()
          km_predictions_init(&predictions, MemoryLayout<km_predictions>.size)
          (predictions.labels, predictions.ids) = (labels.baseAddress, ids.baseAddress)
          predictions.outlier_scores = outliers.baseAddress
          let outcome = withRows(points, columns: 2) { rows in
            calling { km_stream_predict(stream, rows, &predictions, $0, $1) }
          }
          #expect(outcome == .ok)
        }
      }
    }
    #expect(labels == scores.labels && ids == scores.ids.map { Int64($0) })
    #expect(outliers == scores.outlierScores)
    let doubles = withRows([1.0, 2], columns: 2) { rows in
      calling { km_stream_update(stream, rows, nil, nil, nil, $0, $1) }
    }
    #expect(doubles.message == "rows->type is 2, expected float32 as the stream's")
    km_stream_free(stream)
  }

  @Test func `wrong options of a stream`() {
    func create(_ change: (inout km_stream_options) -> Void) -> String {
      var (options, stream) = (options(), OpaquePointer?.none)
      change(&options)
      return calling { km_stream_create(&options, &stream, $0, $1) }.message
    }
    #expect(create { $0.forgetting = -1 } == "the half-life is -1.0, expected a number above 0")
    #expect(create { $0.time_unit = 8 } == "options->time_unit is 8, expected one of 0, 1, 2")
    #expect(create { $0.type = 0 } == "options->type is 0, expected one of 1, 2")
    #expect(
      create { $0.clusters = -4 }
        == "options->clusters is -4, expected a number from 1 to 2147483647")
  }

  @Test func `a sketch of parts is clustered`() throws {
    let values = blobs(4000)
    var (options, sketch, other) = (
      km_sketch_options(), OpaquePointer?.none, OpaquePointer?.none
    )
    km_sketch_options_init(&options, MemoryLayout<km_sketch_options>.size)
    (options.clusters, options.seed) = (3, 9)
    #expect(calling { km_sketch_create(&options, &sketch, $0, $1) } == .ok)
    #expect(calling { km_sketch_create(&options, &other, $0, $1) } == .ok)
    var expected = OnePassKMeans(clusterCount: 3, seed: 9)
    expected.ball.seed = 9
    var parts = [StreamingSketch<Float>(expected.sketch), StreamingSketch<Float>(expected.sketch)]
    for (place, handle) in [sketch, other].enumerated() {
      let some = Array(values[place * 4000..<(place + 1) * 4000])
      let outcome = withRows(some, columns: 2) { rows in
        calling { km_sketch_add(handle, rows, $0, $1) }
      }
      #expect(outcome == .ok)
      try parts[place].add(MatrixView(some.span, columns: 2))
    }
    #expect(calling { km_sketch_merge(sketch, other, $0, $1) } == .ok)
    try parts[0].merge(parts[1])
    let wanted = try expected.fit(parts[0])
    var (model, cost, info) = (OpaquePointer?.none, km_cost(), km_sketch_info())
    cost.struct_size = MemoryLayout<km_cost>.size
    info.struct_size = MemoryLayout<km_sketch_info>.size
    #expect(calling { km_sketch_cluster(sketch, nil, &model, &cost, $0, $1) } == .ok)
    #expect(calling { km_sketch_get_info(sketch, &info, $0, $1) } == .ok)
    #expect(info.points == 4000 && info.centroids == Int64(parts[0].weights.count))
    #expect(cost.upper == wanted.cost.upperBound && cost.lower == wanted.cost.lowerBound)
    #expect(
      try centroids(model, clusters: 3, columns: 2)
        == (0..<3).flatMap { row in (0..<2).map { wanted.model.centroids[row][$0] } })
    for handle in [sketch, other] { km_sketch_free(handle) }
    km_model_free(model)
  }

  @Test func `labels are evaluated`() throws {
    let values = blobs(90)
    let labels = (0..<90).map { Int32($0 % 3) }
    let expected = try ClusterQuality(MatrixView(values.span, columns: 2), labels: labels)
    var quality = km_quality()
    quality.struct_size = MemoryLayout<km_quality>.size
    let outcome = withRows(values, columns: 2) { rows in
      calling { km_evaluate(rows, labels, 0, 0, 0, &quality, $0, $1) }
    }
    #expect(outcome == .ok)
    #expect(quality.silhouette == expected.silhouette && quality.clusters == 3)
    #expect(quality.davies_bouldin == expected.daviesBouldin)
    let wrong = withRows(values, columns: 2) { rows in
      calling { km_evaluate(rows, [-2] + labels.dropFirst(), 0, 0, 0, &quality, $0, $1) }
    }
    #expect(wrong.status == KM_INVALID_DATA && wrong.message.hasPrefix("the label of row 0 is -2"))
  }
}
