// Arrow streams give the labels of the same rows in memory, and are released once.
import Clustering
import KMeansCHeader
import KMeansCInterface
import KMeansLinearAlgebra
import Testing

@Suite struct ArrowTests {
  private func rows(_ count: Int) -> [[Float]] {
    let values = blobs(count)
    return (0..<count).map { [values[2 * $0], values[2 * $0 + 1]] }
  }

  private func batches(_ rows: [[Float]]) -> [[[Float]]] {
    [Array(rows[..<100]), Array(rows[100..<101]), Array(rows[101...])]
  }

  /// Fits a stream, and takes the labels.
  private func fit(
    _ producer: ArrowProducer, memory: Int64 = 0, clusters: Int = 3
  ) -> (Outcome, [Int32]) {
    var (options, arrow) = (fitOptions(clusters: clusters, seed: 4), km_arrow_options())
    km_arrow_options_init(&arrow, MemoryLayout<km_arrow_options>.size)
    arrow.memory = memory
    var (stream, labels, schema) = (producer.stream(), ArrowArray(), ArrowSchema())
    let outcome = calling {
      km_fit_arrow_stream(&stream, &options, &arrow, nil, &labels, &schema, $0, $1)
    }
    #expect(stream.release == nil && producer.released.stream == 1)
    guard outcome == .ok else { return (outcome, []) }
    let found = Array(
      UnsafeBufferPointer(
        start: labels.buffers[1]!.assumingMemoryBound(to: Int32.self), count: Int(labels.length)))
    #expect(String(cString: schema.format) == "i" && labels.null_count == 0)
    labels.release(&labels)
    schema.release(&schema)
    #expect(labels.release == nil && schema.release == nil)
    return (outcome, found)
  }

  @Test(arguments: ["+w:2", "+l", "+L"], [0, 3])
  func `lists of all kinds, sliced or not, in memory or in a file`(
    format: String, offset: Int
  ) throws {
    let rows = rows(5000)
    let expected = try KMeans(clusterCount: 3, seed: 4).fit(Matrix(rows)).labels
    for memory in [Int64(0), 1000] {
      let producer = ArrowProducer(batches(rows))
      (producer.format, producer.offset) = (format, offset)
      let (outcome, labels) = fit(producer, memory: memory)
      #expect(outcome == .ok)
      #expect(labels == expected, "\(format), \(memory) bytes")
      #expect(producer.released == (1, 1, 3))
    }
  }

  @Test func `what is wrong with a stream is said, and it is released`() {
    func outcome(_ change: (ArrowProducer) -> Void) -> Outcome {
      let producer = ArrowProducer(batches(rows(300)))
      change(producer)
      return fit(producer).0
    }
    #expect(
      outcome { $0.failing = 1 }
        == Outcome(
          status: KM_STREAM_ERROR,
          message: "the stream could not give its next rows: the disk is gone"))
    #expect(
      outcome { $0.nulls = [7] }
        == Outcome(
          status: KM_INVALID_DATA,
          message: "row 7: column 'vector' is null, expected numbers (rows count from 0)"))
    #expect(
      outcome { $0.numbers = "u" }.message
        == "column 'vector' is of the Arrow type 'u' (text), expected lists of numbers")
    #expect(
      outcome {
        $0.format = "+l"
        $0.batches[2][5] = [1, 2, 3]
      }.message
        == "row 106 of column 'vector' has 3 values, expected 2 as row 0 (rows count from 0)")
    for number in [Int64.max, .min, 1 << 61, 1 << 47, -1] {
      let offset = outcome { $0.lie = { $0.offset = number } }
      #expect(
        offset.message.hasPrefix("column 'vector' has the length 100 and the offset \(number)"))
      #expect(outcome { $0.lie = { $0.length = number } }.status == KM_STREAM_ERROR)
      #expect(outcome { $0.format = "+w:\(number)" }.status == KM_STREAM_ERROR)
    }
    #expect(outcome { $0.lie = { $0.n_children = .max } }.status == KM_OK, "no more than is named")
    #expect(outcome { $0.lie = { $0.n_children = -3 } }.message == "column 'vector' has no array")
    #expect(outcome { $0.lie = { $0.children = nil } }.message == "column 'vector' has no array")
    #expect(outcome { $0.batches = [] }.message.hasPrefix("the stream has no rows, expected"))
    #expect(
      outcome { $0.numbers = "d:5,2" }.message
        == "column 'vector' is of the Arrow type 'd:5,2' (decimal), expected lists of numbers: cast them "
        + "to double")
    #expect(
      outcome { $0.batches[0][4][1] = .nan }.message.hasPrefix("the value in row 4, column 1"))
  }

  @Test func `a folder for rows that is none is said`() {
    let producer = ArrowProducer(batches(rows(5000)))
    var (options, arrow, stream) = (fitOptions(clusters: 3), km_arrow_options(), producer.stream())
    km_arrow_options_init(&arrow, MemoryLayout<km_arrow_options>.size)
    arrow.memory = 1
    let outcome = "/nowhere/at/all".withCString { folder in
      arrow.spill_path = folder
      return calling {
        km_fit_arrow_stream(&stream, &options, &arrow, nil, nil, nil, $0, $1)
      }
    }
    #expect(
      outcome
        == Outcome(
          status: KM_FILE_ERROR,
          message: "/nowhere/at/all: cannot make a file in: No such file or directory"))
    #expect(producer.released.stream == 1)
  }

  @Test func `a stream is consumed once`() {
    var (options, stream) = (fitOptions(clusters: 3), ArrowArrayStream())
    let outcome = calling {
      km_fit_arrow_stream(&stream, &options, nil, nil, nil, nil, $0, $1)
    }
    #expect(
      outcome
        == Outcome(
          status: KM_STREAM_ERROR,
          message: "the stream was released already: a stream is consumed once"))
    // What is wrong with the call itself releases it, too.
    let producer = ArrowProducer(batches(rows(300)))
    var given = producer.stream()
    #expect(
      calling { km_fit_arrow_stream(&given, nil, nil, nil, nil, nil, $0, $1) }.message
        == "options is NULL")
    #expect(producer.released.stream == 1 && given.release == nil)
  }

  @Test func `labels, streams and sketches of Arrow streams`() throws {
    let rows = rows(300)
    var (model, labels, schema) = (OpaquePointer?.none, ArrowArray(), ArrowSchema())
    _ = withRows([Float](rows[..<3].joined()), columns: 2) { rows in
      calling { km_model_create(rows, Int32(KM_EUCLIDEAN), &model, $0, $1) }
    }
    let producer = ArrowProducer(batches(rows))
    var stream = producer.stream()
    let outcome = calling {
      km_model_assign_arrow_stream(model, &stream, 0, &labels, &schema, $0, $1)
    }
    #expect(outcome == .ok && labels.length == 300)
    let found = labels.buffers[1]!.assumingMemoryBound(to: Int32.self)
    #expect((0..<300).allSatisfy { found[$0] == Int32($0 % 3) })
    labels.release(&labels)
    schema.release(&schema)

    var (options, learner) = (km_stream_options(), OpaquePointer?.none)
    km_stream_options_init(&options, MemoryLayout<km_stream_options>.size)
    (options.clusters, options.first_rows) = (3, 3)
    _ = calling { km_stream_create(&options, &learner, $0, $1) }
    var (report, batches) = (km_batch_report(), ArrowProducer(self.batches(rows)))
    report.struct_size = MemoryLayout<km_batch_report>.size
    stream = batches.stream()
    #expect(calling { km_stream_update_arrow_stream(learner, &stream, &report, $0, $1) } == .ok)
    #expect(report.number == 3 && report.points == 199)

    var (wanted, sketch, info) = (km_sketch_options(), OpaquePointer?.none, km_sketch_info())
    km_sketch_options_init(&wanted, MemoryLayout<km_sketch_options>.size)
    wanted.clusters = 3
    _ = calling { km_sketch_create(&wanted, &sketch, $0, $1) }
    batches = ArrowProducer(self.batches(rows))
    stream = batches.stream()
    #expect(calling { km_sketch_add_arrow_stream(sketch, &stream, $0, $1) } == .ok)
    info.struct_size = MemoryLayout<km_sketch_info>.size
    _ = calling { km_sketch_get_info(sketch, &info, $0, $1) }
    #expect(info.points == 300)
    km_model_free(model)
    km_stream_free(learner)
    km_sketch_free(sketch)
  }

  /// Blocks of whole pages end within a row, and the last one is no whole page.
  @Test(arguments: [1, 3, 7, 1025])
  func `rows of any length come back from a file`(columns: Int) throws {
    let count = 100_000 / columns
    let values = (0..<count * columns).map { Float(($0 * 7919) % 1009) }
    let rows = (0..<count).map { Array(values[$0 * columns..<($0 + 1) * columns]) }
    let expected = try KMeans(clusterCount: 4, seed: 4).fit(Matrix(rows)).labels
    for memory in [Int64(1), 5000, 300_000] {
      let producer = ArrowProducer([Array(rows[..<9]), Array(rows[9...])])
      producer.format = "+l"
      let (outcome, labels) = fit(producer, memory: memory, clusters: 4)
      #expect(outcome == .ok)
      #expect(labels == expected, "\(columns) columns, \(memory) bytes")
    }
  }

  @Test func `a stream is read into memory`() {
    let (rows, producer) = (rows(300), ArrowProducer(batches(rows(300))))
    var (stream, bytes, found) = (producer.stream(), OpaquePointer?.none, km_rows())
    km_rows_init(&found, MemoryLayout<km_rows>.size)
    let outcome = calling { km_arrow_stream_read(&stream, &bytes, &found, $0, $1) }
    #expect(outcome == .ok && (found.count, found.columns) == (300, 2))
    #expect(found.type == Int32(KM_FLOAT32) && found.layout == Int32(KM_DENSE))
    let values = UnsafeBufferPointer(
      start: found.values.assumingMemoryBound(to: Float.self), count: 600)
    #expect(Array(values) == rows.flatMap { $0 })
    #expect(stream.release == nil && producer.released.stream == 1)
    km_bytes_free(bytes)
  }

  /// What makes rows may be code that asks the sketch, and it may fail in the middle.
  @Test func `a sketch is asked while its rows are made, and keeps those before an error`() {
    let producer = ArrowProducer(batches(rows(300)))
    var (wanted, sketch) = (km_sketch_options(), OpaquePointer?.none)
    km_sketch_options_init(&wanted, MemoryLayout<km_sketch_options>.size)
    wanted.clusters = 3
    _ = calling { km_sketch_create(&wanted, &sketch, $0, $1) }
    func points() -> Int64 {
      var info = km_sketch_info()
      info.struct_size = MemoryLayout<km_sketch_info>.size
      _ = calling { km_sketch_get_info(sketch, &info, $0, $1) }
      return info.points
    }
    var seen: [Int64] = []
    producer.asked = { seen.append(points()) }
    producer.failing = 2
    var stream = producer.stream()
    let outcome = calling { km_sketch_add_arrow_stream(sketch, &stream, $0, $1) }
    #expect(outcome.status == KM_STREAM_ERROR && seen == [0, 0, 0])
    #expect(points() == 101)
    km_sketch_free(sketch)
  }

  @Test func `a stream that fails tells of the last batch that was learnt`() {
    let producer = ArrowProducer(batches(rows(300)))
    producer.failing = 2
    var (options, learner, report) = (
      km_stream_options(), OpaquePointer?.none, km_batch_report()
    )
    km_stream_options_init(&options, MemoryLayout<km_stream_options>.size)
    (options.clusters, options.first_rows) = (3, 60)
    report.struct_size = MemoryLayout<km_batch_report>.size
    _ = calling { km_stream_create(&options, &learner, $0, $1) }
    var stream = producer.stream()
    let outcome = calling {
      km_stream_update_arrow_stream(learner, &stream, &report, $0, $1)
    }
    #expect(outcome.status == KM_STREAM_ERROR)
    #expect((report.number, report.points) == (2, 1))
    km_stream_free(learner)
  }
}
