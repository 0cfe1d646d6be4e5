// Structures that begin with their own size: a program that was compiled with an older header has
// fewer fields, one with a newer header more.
internal import KMeansCHeader

/// A structure of the header that may grow at its end.
protocol VersionedStructure {
  /// The size that its owner knows.
  var struct_size: Int { get set }
  /// What its fields are where nobody says otherwise.
  static var initial: Self { get }
  /// Its name in C.
  static var name: String { get }
  /// How it gets its size: by a function, or by its owner.
  static var initializer: String { get }
}

extension VersionedStructure {
  /// No structure has more bytes, whatever its version: a size that was never set has.
  private static var mostBytes: Int { 1 << 16 }

  static var initializer: String { "set it to sizeof(\(name))" }

  /// What a pointer of C points to, with initial values for fields that its owner does not know.
  static func read(_ pointer: UnsafePointer<Self>?, _ argument: String) throws -> Self {
    let pointer = try required(pointer, argument)
    let size = try checked(pointer.pointee.struct_size, argument)
    var value = initial
    withUnsafeMutableBytes(of: &value) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: min(size, $0.count)))
    }
    value.struct_size = size
    return value
  }

  /// Sets the initial values of a structure whose owner knows so many bytes of it. Without a size
  /// that may be right it is left alone: a call will refuse it.
  static func initialize(_ pointer: UnsafeMutablePointer<Self>?, _ size: Int) {
    guard let pointer, (try? checked(size, "")) != nil else { return }
    let memory = UnsafeMutableRawPointer(pointer)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    var value = initial
    value.struct_size = size
    withUnsafeBytes(of: value) {
      memory.copyMemory(from: $0.baseAddress!, byteCount: min(size, $0.count))
    }
  }

  /// Writes a result into a structure whose size its owner has set.
  func write(to pointer: UnsafeMutablePointer<Self>?, _ argument: String) throws {
    let pointer = try required(pointer, argument)
    var value = self
    value.struct_size = try Self.checked(pointer.pointee.struct_size, argument)
    withUnsafeBytes(of: value) {
      UnsafeMutableRawPointer(pointer).copyMemory(
        from: $0.baseAddress!, byteCount: min(value.struct_size, $0.count))
    }
  }

  /// Refuses a place for a result that cannot be one, before anything is computed for it.
  static func check(_ pointer: UnsafeMutablePointer<Self>?, _ argument: String) throws {
    if let pointer { _ = try checked(pointer.pointee.struct_size, argument) }
  }

  private static func checked(_ size: Int, _ argument: String) throws -> Int {
    guard size >= MemoryLayout<Int>.size * 2, size <= mostBytes else {
      throw BorderError.argument("\(argument)->struct_size is \(size): \(initializer) first")
    }
    return size
  }
}

/// A number of C that must be one of some.
func choice<Value>(
  _ number: Int32, _ name: String, of values: [(Int, Value)]
) throws -> Value {
  guard let found = values.first(where: { $0.0 == Int(number) }) else {
    let known = values.map { String($0.0) }.joined(separator: ", ")
    throw BorderError.argument("\(name) is \(number), expected one of \(known)")
  }
  return found.1
}

/// A flag: 0 or 1.
func flag(_ number: Int32, _ name: String) throws -> Bool {
  try choice(number, name, of: [(0, false), (1, true)])
}

/// A count that is not negative.
func count(_ number: Int64, _ name: String) throws -> Int {
  guard number >= 0 else { throw BorderError.argument("\(name) is \(number), expected at least 0") }
  return Int(number)
}
