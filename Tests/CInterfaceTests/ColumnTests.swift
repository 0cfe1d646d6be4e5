// Names of columns through handles, files and bytes; what a stream or a sketch was begun with;
// files of rows whose columns are chosen by name.
import Clustering
import Foundation
import KMeansCHeader
import KMeansCInterface
import Testing

@Suite struct ColumnTests {
  /// A handle's names.
  private func names(
    _ handle: OpaquePointer?,
    _ ask: (
      OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<CChar>?, Int
    ) -> km_status
  ) -> [String] {
    var (bytes, data, size) = (OpaquePointer?.none, UnsafePointer<UInt8>?.none, 0)
    #expect(calling { ask(handle, &bytes, $0, $1) } == .ok)
    #expect(calling { km_bytes_view(bytes, &data, &size, $0, $1) } == .ok)
    defer { km_bytes_free(bytes) }
    let all = UnsafeBufferPointer(start: data, count: size)
    return all.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func model(
    _ values: [Float], columns: Int, distance: Int = KM_EUCLIDEAN
  ) -> OpaquePointer? {
    var model: OpaquePointer?
    let outcome = withRows(values, columns: columns) { rows in
      calling { km_model_create(rows, Int32(distance), &model, $0, $1) }
    }
    #expect(outcome == .ok)
    return model
  }

  private func withNames<Result>(
    _ names: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    let copies = names.map { strdup($0)! }
    defer { copies.forEach { free($0) } }
    return copies.map { UnsafePointer($0) as UnsafePointer<CChar>? }.withUnsafeBufferPointer {
      body($0.baseAddress)
    }
  }

  private func name(_ model: OpaquePointer?, _ names: [String]) -> Outcome {
    withNames(names) { texts in
      calling { km_model_set_column_names(model, texts, names.count, $0, $1) }
    }
  }

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)-\(name)"
  }

  @Test func `names travel with the files and the bytes of a model`() {
    let first = model([0, 0, 8, 8], columns: 2)
    #expect(names(first, km_model_column_names) == [])
    #expect(name(first, ["höhe", ""]) == .ok)
    #expect(name(first, ["höhe"]).message == "count is 1, expected 2, a name a column")
    let path = temporary("names.kmeans")
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(calling { km_model_save(first, path, $0, $1) } == .ok)
    var second: OpaquePointer?
    #expect(calling { km_model_load(path, &second, $0, $1) } == .ok)
    #expect(names(second, km_model_column_names) == ["höhe", ""])
    #expect(calling { km_model_set_column_names(second, nil, 0, $0, $1) } == .ok)
    #expect(names(second, km_model_column_names) == [])
    var latin: [CChar] = [CChar(bitPattern: 0xF6), 0]
    let broken = latin.withUnsafeMutableBufferPointer { text in
      var texts: [UnsafePointer<CChar>?] = [UnsafePointer(text.baseAddress), nil]
      return calling { km_model_set_column_names(first, &texts, 2, $0, $1) }
    }
    #expect(broken.message == "names[0] is no text in UTF-8")
    km_model_free(first)
    km_model_free(second)
  }

  @Test func `a stream and a sketch hand their names on, and say what they were begun with`() {
    var options = km_stream_options()
    km_stream_options_init(&options, MemoryLayout<km_stream_options>.size)
    (options.clusters, options.seed, options.first_rows) = (2, 7, 10)
    (options.forgetting_form, options.forgetting) = (Int32(KM_FORGET_DECAY_FACTOR), 0.5)
    (options.deaths, options.watch_drift) = (Int32(KM_DEATHS_NEVER), 1)
    (options.time_unit, options.distance) = (Int32(KM_POINTS), Int32(KM_COSINE))
    var (stream, snapshot) = (OpaquePointer?.none, OpaquePointer?.none)
    #expect(calling { km_stream_create(&options, &stream, $0, $1) } == .ok)
    func name() -> Outcome {
      withNames(["a", "b"]) { texts in
        calling { km_stream_set_column_names(stream, texts, 2, $0, $1) }
      }
    }
    let early = name().message
    #expect(early == "names for columns that no row has had yet, expected rows first")
    _ = withRows(blobs(30, seed: 3), columns: 2) { rows in
      calling { km_stream_update(stream, rows, nil, nil, nil, $0, $1) }
    }
    #expect(name() == .ok)
    var (bytes, data, size, again) = (
      OpaquePointer?.none, UnsafePointer<UInt8>?.none, 0, OpaquePointer?.none
    )
    #expect(calling { km_stream_encode(stream, &bytes, $0, $1) } == .ok)
    _ = calling { km_bytes_view(bytes, &data, &size, $0, $1) }
    #expect(calling { km_stream_decode(data, size, &again, $0, $1) } == .ok)
    #expect(names(again, km_stream_column_names) == ["a", "b"])
    #expect(calling { km_stream_snapshot(again, &snapshot, $0, $1) } == .ok)
    #expect(names(snapshot, km_model_column_names) == ["a", "b"])
    var told = km_stream_options()
    told.struct_size = MemoryLayout<km_stream_options>.size
    #expect(calling { km_stream_get_options(again, &told, $0, $1) } == .ok)
    #expect((told.clusters, told.seed, told.first_rows) == (2, 7, 10))
    #expect((told.forgetting_form, told.forgetting) == (Int32(KM_FORGET_DECAY_FACTOR), 0.5))
    #expect((told.deaths, told.watch_drift) == (Int32(KM_DEATHS_NEVER), 1))
    #expect((told.time_unit, told.distance) == (Int32(KM_POINTS), Int32(KM_COSINE)))
    for handle in [stream, again] { km_stream_free(handle) }
    km_bytes_free(bytes)
    km_model_free(snapshot)
  }

  @Test func `a sketch says what it was begun with`() {
    var options = km_sketch_options()
    km_sketch_options_init(&options, MemoryLayout<km_sketch_options>.size)
    (options.clusters, options.seed, options.num_clusters) = (2, 9, 40)
    (options.distance_cutoff, options.beta, options.standardize) = (0.25, 1.5, 1)
    var (sketch, model) = (OpaquePointer?.none, OpaquePointer?.none)
    #expect(calling { km_sketch_create(&options, &sketch, $0, $1) } == .ok)
    _ = withRows(blobs(60, seed: 3), columns: 2) { rows in
      calling { km_sketch_add(sketch, rows, $0, $1) }
    }
    let named = withNames(["a", "b"]) { texts in
      calling { km_sketch_set_column_names(sketch, texts, 2, $0, $1) }
    }
    #expect(named == .ok)
    var told = km_sketch_options()
    told.struct_size = MemoryLayout<km_sketch_options>.size
    #expect(calling { km_sketch_get_options(sketch, &told, $0, $1) } == .ok)
    #expect((told.clusters, told.seed, told.num_clusters) == (2, 9, 40))
    #expect((told.distance_cutoff, told.beta, told.standardize) == (0.25, 1.5, 1))
    #expect(calling { km_sketch_cluster(sketch, nil, &model, nil, $0, $1) } == .ok)
    #expect(names(model, km_model_column_names) == ["a", "b"])
    km_sketch_free(sketch)
    km_model_free(model)
  }

  @Test func `the labels of a file, whose columns are chosen by name`() throws {
    let path = temporary("rows.csv")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "name,y,x\na,8,0\nb,0,8\nc,1,7\n".write(toFile: path, atomically: true, encoding: .utf8)
    let model = model([0, 8, 8, 0], columns: 2)
    func labels(room: Int = 3) -> (Outcome, [Int32]) {
      var (labels, count) = ([Int32](repeating: -1, count: 3), Int64(0))
      let outcome = calling { km_model_assign_file(model, path, 1, &labels, room, &count, $0, $1) }
      return (outcome, Array(labels.prefix(Int(count))))
    }
    // As they stand in the file, y before x.
    #expect(labels().1 == [1, 0, 0])
    #expect(name(model, ["x", "y"]) == .ok)
    #expect(labels().1 == [0, 1, 1])
    #expect(labels(room: 2).0.message == "room for 2 values in labels, expected 3")
    #expect(name(model, ["x", "z"]) == .ok)
    #expect(labels().0.message.contains("there is no column 'z'"), "\(labels().0.message)")
    // A fit of the file knows the names in it.
    var (options, fitted) = (km_fit_options(), OpaquePointer?.none)
    km_fit_options_init(&options, MemoryLayout<km_fit_options>.size)
    options.clusters = 2
    let outcome = calling { km_fit_file(path, &options, 0, &fitted, nil, 0, nil, $0, $1) }
    #expect(outcome == .ok)
    #expect(names(fitted, km_model_column_names) == ["y", "x"])
    km_model_free(model)
    km_model_free(fitted)
  }

  @Test func `given centroids that are compared by their directions`() {
    let model = model([4, 0, 0, 0.5], columns: 2, distance: KM_COSINE)
    var (labels, info) = ([Int32](repeating: -1, count: 2), km_model_info())
    info.struct_size = MemoryLayout<km_model_info>.size
    let outcome = withRows([Float](arrayLiteral: 0.1, 3, 90, 80), columns: 2) { rows in
      calling { km_model_assign(model, rows, 1, &labels, nil, $0, $1) }
    }
    #expect(outcome == .ok && labels == [1, 0])
    #expect(calling { km_model_get_info(model, &info, $0, $1) } == .ok)
    #expect(info.distance == Int32(KM_COSINE) && info.standardized == 0)
    var none: OpaquePointer?
    let zero = withRows([Float](arrayLiteral: 0, 0), columns: 2) { rows in
      calling { km_model_create(rows, Int32(KM_COSINE), &none, $0, $1) }
    }
    #expect(zero.status == KM_INVALID_DATA)
    km_model_free(model)
  }
}
