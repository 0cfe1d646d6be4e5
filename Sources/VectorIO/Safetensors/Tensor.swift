internal import KMeansFiles

/// An array of a safetensors file, as the header tells of it.
struct Tensor {
  let name: String
  /// The type under the format's name, such as `BF16`.
  let typeName: String
  let shape: [Int]
  /// The bytes of its values, counted from the end of the header.
  let places: Range<Int>
  /// The place of its entry in the file, in bytes.
  let offset: Int

  /// The sizes of the types of the format in bits; those without a type of number are not read.
  private static let types: [(name: String, bits: Int, type: NumberType?)] = [
    ("F64", 64, number("<f8")), ("F32", 32, number("<f4")), ("F16", 16, number("<f2")),
    ("BF16", 16, NumberType(kind: .bfloat, size: 2, isBigEndian: false)),
    ("I64", 64, number("<i8")), ("I32", 32, number("<i4")), ("I16", 16, number("<i2")),
    ("I8", 8, number("|i1")), ("U64", 64, number("<u8")), ("U32", 32, number("<u4")),
    ("U16", 16, number("<u2")), ("U8", 8, number("|u1")), ("BOOL", 8, number("|b1")),
    ("F8_E5M2", 8, nil), ("F8_E4M3", 8, nil), ("F8_E8M0", 8, nil), ("F6_E2M3", 6, nil),
    ("F6_E3M2", 6, nil), ("F4", 4, nil), ("C64", 64, nil),
  ]

  private static func number(_ name: String) -> NumberType? { NumberType(numpy: name) }

  /// The type of the values; `nil` for one that is not read.
  var type: NumberType? { Self.types.first { $0.name == typeName }?.type }

  /// The types that are read, in a sentence.
  static var readTypes: String {
    types.filter { $0.type != nil }.map(\.name).joined(separator: ", ")
  }

  /// `'weights' ([3, 4], F32)`.
  var description: String { "\(quoted(name)) (\(shape), \(typeName))" }

  /// The number of bytes that the shape and the type ask for; `nil` where the type is not known, or
  /// no file holds as many.
  private var byteCount: Int? {
    guard let bits = Self.types.first(where: { $0.name == typeName })?.bits else { return nil }
    var product = bits
    for length in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      product = next
    }
    return product.isMultiple(of: 8) ? product / 8 : nil
  }

  /// Checks that the arrays lie one behind the other, each as long as its shape says, up to the
  /// end.
  static func checkPlaces(
    _ tensors: [Tensor], dataOffset: Int, of source: any ByteSource
  ) throws(FileError) {
    var end = 0
    let ordered = tensors.sorted {
      ($0.places.lowerBound, $0.places.upperBound) < ($1.places.lowerBound, $1.places.upperBound)
    }
    for tensor in ordered {
      func malformed(_ problem: String) -> FileError {
        .malformed(
          path: source.path, place: .byte(tensor.offset),
          problem: "the array \(quoted(tensor.name)) \(problem)")
      }
      guard tensor.places.lowerBound == end else {
        throw malformed(
          "begins at byte \(tensor.places.lowerBound) of the data, expected \(end), where the one "
            + "before it ends")
      }
      let isKnown = types.contains { $0.name == tensor.typeName }
      guard !isKnown || tensor.byteCount == tensor.places.count else {
        let expected =
          tensor.byteCount.map { "expected \($0)" } ?? "expected more than any file holds,"
        throw malformed(
          "has \(counted(tensor.places.count, "byte")), \(expected) "
            + "as the shape \(tensor.shape) of values of type \(tensor.typeName) asks for")
      }
      end = tensor.places.upperBound
    }
    guard let size = source.size else { return }
    guard size - dataOffset == end else {
      throw .malformed(
        path: source.path, place: .byte(min(size, dataOffset + end)),
        problem: size - dataOffset < end
          ? "the data ends here, after \(counted(size - dataOffset, "byte")); expected \(end)"
          : "\(counted(size - dataOffset - end, "byte")) after the last array; expected the end")
    }
  }
}
