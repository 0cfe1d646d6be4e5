internal import KMeansCHeader

/// Labels as an Arrow array of int32 that its consumer releases.
enum ArrowLabels {
  /// What an array that was handed out keeps alive. An unsafe handle.
  private final class Owner {
    let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
    private let labels: UnsafeMutablePointer<Int32>

    init(_ labels: UnsafeBufferPointer<Int32>) {
      self.labels = .allocate(capacity: max(1, labels.count))
      if let base = labels.baseAddress {
        self.labels.initialize(from: base, count: labels.count)
      }
      buffers = .allocate(capacity: 2)
      // No label is null: there is no bitmap.
      buffers[0] = nil
      buffers[1] = UnsafeRawPointer(self.labels)
    }

    deinit {
      labels.deallocate()
      buffers.deallocate()
    }
  }

  /// Static: they outlive every schema.
  nonisolated(unsafe) private static let format = constant("i")
  nonisolated(unsafe) private static let name = constant("label")

  private static func constant(_ text: String) -> UnsafePointer<CChar> {
    let bytes = Array(text.utf8CString)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    memory.initialize(from: bytes, count: bytes.count)
    return UnsafePointer(memory)
  }

  /// Refuses one place for results without the other.
  static func check(
    _ array: UnsafeMutablePointer<ArrowArray>?, _ schema: UnsafeMutablePointer<ArrowSchema>?
  ) throws {
    guard (array == nil) == (schema == nil) else {
      throw BorderError.argument(
        "labels without a schema, or a schema without labels: expected both, or NULL for both")
    }
  }

  /// Hands out a copy of labels.
  static func handOut(
    _ labels: UnsafeBufferPointer<Int32>, _ array: UnsafeMutablePointer<ArrowArray>,
    _ schema: UnsafeMutablePointer<ArrowSchema>
  ) {
    let owner = Owner(labels)
    var made = ArrowArray()
    (made.length, made.n_buffers, made.buffers) = (Int64(labels.count), 2, owner.buffers)
    made.private_data = Unmanaged.passRetained(owner).toOpaque()
    made.release = { array in
      guard let array, let owner = array.pointee.private_data else { return }
      Unmanaged<Owner>.fromOpaque(owner).release()
      (array.pointee.private_data, array.pointee.release) = (nil, nil)
    }
    array.initialize(to: made)
    var described = ArrowSchema()
    (described.format, described.name) = (format, name)
    described.release = { $0?.pointee.release = nil }
    schema.initialize(to: described)
  }
}
