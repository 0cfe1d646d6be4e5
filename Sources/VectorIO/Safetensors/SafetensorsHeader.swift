internal import KMeansFiles

/// The header of a safetensors file as it is written.
enum SafetensorsHeader {
  /// The header of a file of one array, padded with blanks so that its length is a multiple of 8
  /// and does not depend on the number of rows.
  static func bytes(name: String, type: String, rows: Int, columns: Int, size: Int) -> [UInt8] {
    func text(_ rows: Int) -> String {
      "{\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(rows),\(columns)],\"data_offsets\":[0,"
        + "\(rows * columns * size)]}}"
    }
    // As long as with the largest number of bytes, behind numbers of 19 digits.
    let length = (text(0).utf8.count + 2 * 19 + 7) / 8 * 8
    let header = text(rows).utf8 + Array(repeating: 0x20, count: length - text(rows).utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header
  }
}

extension HeaderCursor {
  /// Parses the header of a safetensors file: JSON of one form alone, an object with an object of
  /// `dtype`, `shape` and `data_offsets` for each array, and perhaps `__metadata__`, texts by name,
  /// which say nothing of the values.
  ///
  /// - Returns: the arrays, in the order of the header.
  mutating func tensors() throws(FileError) -> [Tensor] {
    var tensors: [Tensor] = []
    var names: Set<String> = []
    try forEachMember { (cursor, name, place) throws(FileError) in
      guard names.insert(name).inserted else {
        throw cursor.malformed("\(quoted(name)) comes twice", at: place)
      }
      if name == "__metadata__" {
        try cursor.forEachMember { (cursor, _, _) throws(FileError) in _ = try cursor.string() }
      } else {
        tensors.append(try cursor.tensor(name))
      }
    }
    try expectEnd()
    return tensors
  }

  private mutating func tensor(_ name: String) throws(FileError) -> Tensor {
    let start = position
    var (type, shape, places): (String?, [Int]?, [Int]?)
    try forEachMember { (cursor, key, place) throws(FileError) in
      switch key {
      case "dtype" where type == nil: type = try cursor.string()
      case "shape" where shape == nil: shape = try cursor.numbers()
      case "data_offsets" where places == nil: places = try cursor.numbers()
      default:
        throw cursor.malformed("expected one of dtype, shape, data_offsets once", at: place)
      }
    }
    guard let type, let shape, let places else {
      let missing = type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
      throw malformed("the array \(quoted(name)) has no \(missing)", at: start)
    }
    guard places.count == 2, places[0] <= places[1] else {
      throw malformed(
        "the array \(quoted(name)) has the data_offsets \(places), expected a begin and an end",
        at: start)
    }
    return Tensor(
      name: name, typeName: type, shape: shape, places: places[0]..<places[1],
      offset: offset + start)
  }
}
