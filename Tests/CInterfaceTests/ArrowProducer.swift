// A stream of Arrow arrays of lists of floats, made by hand: what a producer of any language hands
// over, with a count of all that was released.
import KMeansCHeader

/// What a stream gives.
final class ArrowProducer {
  /// Batches of rows, and where the rows of each begin in its arrays.
  var batches: [[[Float]]]
  var offset = 0
  /// The format of the lists: "+w:2", "+l" or "+L".
  var format = "+w:2"
  var numbers = "f"
  /// The number of the batch that is an error; none for a negative one.
  var failing = -1
  /// What its owner does whenever it is asked for a batch.
  var asked: () -> Void = {}
  /// What is said falsely of the array of lists.
  var lie: (inout ArrowArray) -> Void = { _ in }
  /// Rows that are null, by their number in the first batch.
  var nulls: Set<Int> = []

  private(set) var released = (stream: 0, schemas: 0, arrays: 0)
  private var next = 0
  private var open = 0
  private var memory: [UnsafeMutableRawPointer] = []

  init(_ batches: [[[Float]]]) { self.batches = batches }

  deinit { for address in memory { address.deallocate() } }

  private func keep<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let target = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    target.initialize(from: values, count: values.count)
    memory.append(UnsafeMutableRawPointer(target))
    return target
  }

  private func text(_ text: String) -> UnsafePointer<CChar> {
    UnsafePointer(keep(Array(text.utf8CString)))
  }

  /// The stream; the producer must outlive it.
  func stream() -> ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.private_data = Unmanaged.passUnretained(self).toOpaque()
    stream.get_schema = { stream, schema in
      ArrowProducer.of(stream!.pointee.private_data).describe(schema!)
      return 0
    }
    stream.get_next = { stream, array in
      ArrowProducer.of(stream!.pointee.private_data).give(array!)
    }
    stream.get_last_error = { stream in
      ArrowProducer.of(stream!.pointee.private_data).text("the disk is gone")
    }
    stream.release = { stream in
      ArrowProducer.of(stream!.pointee.private_data).released.stream += 1
      stream!.pointee.release = nil
    }
    return stream
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> ArrowProducer {
    Unmanaged<ArrowProducer>.fromOpaque(data!).takeUnretainedValue()
  }

  private func schema(_ format: String, _ name: String, child: ArrowSchema? = nil) -> ArrowSchema {
    var schema = ArrowSchema()
    (schema.format, schema.name) = (text(format), text(name))
    if let child {
      schema.n_children = 1
      schema.children = keep([keep([child])])
    }
    return schema
  }

  private func describe(_ target: UnsafeMutablePointer<ArrowSchema>) {
    let lists = schema(format, "vector", child: schema(numbers, "item"))
    target.pointee = schema("+s", "", child: lists)
    target.pointee.private_data = Unmanaged.passUnretained(self).toOpaque()
    target.pointee.release = { schema in
      ArrowProducer.of(schema!.pointee.private_data).released.schemas += 1
      schema!.pointee.release = nil
    }
  }

  private func give(_ target: UnsafeMutablePointer<ArrowArray>) -> Int32 {
    defer { next += 1 }
    asked()
    if next == failing { return 5 }
    target.pointee = ArrowArray()
    guard next < batches.count else { return 0 }
    let rows = batches[next]
    // Rows that a slice leaves out stand before.
    let all = Array(repeating: [Float](repeating: -99, count: rows[0].count), count: offset) + rows
    var values = ArrowArray()
    let flat = all.flatMap { $0 }
    (values.length, values.n_buffers) = (Int64(flat.count), 2)
    values.buffers = keep([nil, UnsafeRawPointer(keep(flat))])
    var lists = ArrowArray()
    lists.length = Int64(all.count)
    (lists.n_children, lists.children) = (1, keep([keep([values])]))
    let bits = keep(
      (0..<(all.count + 7) / 8).map { byte in
        UInt8((0..<8).reduce(0) { $0 | (isNull(8 * byte + $1) ? 0 : 1 << $1) })
      })
    lists.null_count = nulls.isEmpty ? 0 : -1
    let bitmap: UnsafeRawPointer? = nulls.isEmpty ? nil : UnsafeRawPointer(bits)
    if format.hasPrefix("+w") {
      (lists.n_buffers, lists.buffers) = (1, keep([bitmap]))
    } else {
      let ends = all.reduce(into: [0]) { $0.append($0.last! + $1.count) }
      let offsets =
        format == "+l"
        ? UnsafeRawPointer(keep(ends.map { Int32($0) }))
        : UnsafeRawPointer(keep(ends.map { Int64($0) }))
      (lists.n_buffers, lists.buffers) = (2, keep([bitmap, offsets]))
    }
    lie(&lists)
    (target.pointee.length, target.pointee.offset) = (Int64(rows.count), Int64(offset))
    (target.pointee.n_buffers, target.pointee.buffers) = (1, keep([nil]))
    (target.pointee.n_children, target.pointee.children) = (1, keep([keep([lists])]))
    target.pointee.private_data = Unmanaged.passUnretained(self).toOpaque()
    target.pointee.release = { array in
      ArrowProducer.of(array!.pointee.private_data).released.arrays += 1
      array!.pointee.release = nil
    }
    return 0
  }

  private func isNull(_ place: Int) -> Bool { next == 0 && nulls.contains(place - offset) }
}
