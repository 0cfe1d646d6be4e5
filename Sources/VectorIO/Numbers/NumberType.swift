/// The type of the values in a binary file.
struct NumberType: Hashable {
  enum Kind { case boolean, integer, unsigned, float }

  let kind: Kind
  /// In bytes: 1, 2, 4 or 8.
  let size: Int
  let isBigEndian: Bool

  /// Whether the bytes of a value are those of `Scalar` in memory.
  func matches<Scalar: ReadableScalar>(_ scalar: Scalar.Type) -> Bool {
    kind == .float && size == MemoryLayout<Scalar>.size && !needsSwap
  }

  /// Whether the bytes of a value are in the other order than this machine's.
  var needsSwap: Bool { isBigEndian == (1.littleEndian == 1) && size > 1 }

  /// The type that holds every value, as nearly as one of the two can.
  var precision: VectorFileInfo.Precision {
    kind == .float ? (size <= 4 ? .float : .double) : (size <= 2 ? .float : .double)
  }
}
