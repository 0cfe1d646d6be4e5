// Handles are names of objects, not their addresses: one that was freed, or never was one, is found
// to be none.
internal import KMeansCHeader
private import KMeansLocks

/// What a handle may stand for.
enum HandleKind: UInt, CaseIterable {
  case model = 1
  case sums = 2
  case stream = 3
  case sketch = 4
  case bytes = 5

  var name: String {
    switch self {
    case .model: "km_model"
    case .sums: "km_sums"
    case .stream: "km_stream"
    case .sketch: "km_sketch"
    case .bytes: "km_bytes"
    }
  }
}

/// An object that has handles.
protocol HandleObject: AnyObject, Sendable {
  static var kind: HandleKind { get }
}

/// All objects that were handed out and not yet freed. Whoever uses one holds it: so one thread may
/// free what another one uses.
enum Handles {
  private static let table = KMeansLocks.Mutex((objects: [UInt: any HandleObject](), last: UInt(0)))

  /// A new handle of an object. Its number was never that of another one, and carries the kind.
  static func add<Object: HandleObject>(_ object: Object) -> OpaquePointer {
    let number = table.withLock { table in
      table.last += 1
      let number = table.last << 4 | Object.kind.rawValue
      table.objects[number] = object
      return number
    }
    return OpaquePointer(bitPattern: number)!
  }

  /// The object of a handle.
  static func object<Object: HandleObject>(
    _ handle: OpaquePointer?, _ type: Object.Type = Object.self, _ argument: String
  ) throws -> Object {
    guard let handle else {
      throw BorderError(KM_INVALID_HANDLE, "\(argument) is NULL, expected a \(Object.kind.name)")
    }
    let number = UInt(bitPattern: handle)
    let found = table.withLock { $0.objects[number] }
    if let object = found as? Object { return object }
    throw refusal(number, found, Object.kind, argument)
  }

  /// Forgets a handle; none is forgotten for NULL.
  static func remove<Object: HandleObject>(
    _ handle: OpaquePointer?, _ type: Object.Type, _ argument: String
  ) throws {
    guard let handle else { return }
    let number = UInt(bitPattern: handle)
    let (removed, other) = table.withLock { table -> (Object?, (any HandleObject)?) in
      guard let object = table.objects[number] as? Object else {
        return (nil, table.objects[number])
      }
      table.objects[number] = nil
      return (object, nil)
    }
    // What it held is given back here, not while others wait for the table.
    if removed == nil { throw refusal(number, other, Object.kind, argument) }
  }

  private static func refusal(
    _ number: UInt, _ found: (any HandleObject)?, _ wanted: HandleKind, _ argument: String
  ) -> BorderError {
    if let found {
      let kind = Swift.type(of: found).kind
      return BorderError(
        KM_INVALID_HANDLE, "\(argument) is a \(kind.name), expected a \(wanted.name)")
    }
    let wasOne = number & 15 == wanted.rawValue && number >> 4 <= table.withLock { $0.last }
    return BorderError(
      KM_INVALID_HANDLE,
      wasOne && number >> 4 > 0
        ? "\(argument) was freed already" : "\(argument) is no handle of this library")
  }
}
