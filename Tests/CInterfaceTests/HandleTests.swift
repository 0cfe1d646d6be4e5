// Handles that were freed, or are of another kind, are refused: nothing is undefined.
import KMeansCHeader
import KMeansCInterface
import Testing

@Suite struct HandleTests {
  private func model() -> OpaquePointer? {
    var (options, model) = (fitOptions(clusters: 3), OpaquePointer?.none)
    _ = withRows(blobs(30), columns: 2) { rows in
      calling { km_fit(rows, &options, &model, nil, $0, $1) }
    }
    return model
  }

  @Test func `a handle that was freed is none`() throws {
    let model = model()
    #expect(Int(km_model_free(model)) == KM_OK)
    #expect(Int(km_model_free(model)) == KM_INVALID_HANDLE)
    #expect(Int(km_model_free(nil)) == KM_OK)
    var room = [Float](repeating: 0, count: 6)
    #expect(
      calling { km_model_centroids(model, &room, 6, $0, $1) }
        == Outcome(status: KM_INVALID_HANDLE, message: "model was freed already"))
    #expect(
      calling { km_model_centroids(OpaquePointer(bitPattern: 0xDEAD_BEE8), &room, 6, $0, $1) }
        == Outcome(status: KM_INVALID_HANDLE, message: "model is no handle of this library"))
    #expect(
      calling { km_model_centroids(nil, &room, 6, $0, $1) }.message
        == "model is NULL, expected a km_model")
    let other = self.model()
    #expect(other != model, "no number is given twice")
    var bytes: OpaquePointer?
    #expect(
      calling { km_sums_encode(other, &bytes, $0, $1) }.message
        == "sums is a km_model, expected a km_sums")
    #expect(Int(km_stream_free(other)) == KM_INVALID_HANDLE)
    #expect(calling { km_model_encode(other, &bytes, $0, $1) } == .ok)
    km_model_free(other)
    km_bytes_free(bytes)
  }

  @Test func `room that is too small is left alone`() throws {
    let model = model()
    var room: [Float] = [7, 7, 7, 7, 7]
    let outcome = calling { km_model_centroids(model, &room, 5, $0, $1) }
    #expect(outcome.message == "room for 5 values in centroids, expected 6")
    #expect(room == [7, 7, 7, 7, 7])
    km_model_free(model)
  }

  @Test func `models go through bytes and files`() throws {
    let first = model()
    var (bytes, data, size) = (OpaquePointer?.none, UnsafePointer<UInt8>?.none, 0)
    #expect(calling { km_model_encode(first, &bytes, $0, $1) } == .ok)
    #expect(calling { km_bytes_view(bytes, &data, &size, $0, $1) } == .ok)
    var second: OpaquePointer?
    #expect(calling { km_model_decode(data, size, &second, $0, $1) } == .ok)
    #expect(
      try centroids(first, clusters: 3, columns: 2) == centroids(second, clusters: 3, columns: 2))
    #expect(calling { km_model_decode(data, size - 1, &second, $0, $1) }.status == KM_FILE_ERROR)
    #expect(calling { km_stream_decode(data, size, &second, $0, $1) }.status == KM_FILE_ERROR)
    #expect(
      calling { km_model_load("/nowhere/m", &second, $0, $1) }
        == Outcome(
          status: KM_FILE_ERROR, message: "/nowhere/m: cannot open: No such file or directory"))
    #expect(
      calling { km_model_save(first, "", $0, $1) }.message
        == "path is empty, expected the name of a file")
    for handle in [first, second] { km_model_free(handle) }
    km_bytes_free(bytes)
  }

  @Test func `many threads use and free models at the same time`() async throws {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<200 {
            let model = model()
            var labels = [Int32](repeating: -1, count: 30)
            let outcome = withRows(blobs(30), columns: 2) { rows in
              calling { km_model_assign(model, rows, 1, &labels, nil, $0, $1) }
            }
            #expect(outcome == .ok && !labels.contains(-1))
            km_model_free(model)
          }
        }
      }
    }
  }

  @Test func `names of statuses and versions`() {
    #expect(km_abi_version() == UInt32(KM_ABI_VERSION))
    #expect(String(cString: km_build_info()!).hasPrefix("swift-kmeans "))
    #expect(String(cString: km_status_name(km_status(KM_CANCELLED))!) == "KM_CANCELLED")
    #expect(String(cString: km_status_name(-3)!) == "?")
  }
}
