internal import KMeansFiles

/// Many small streams, one for each key: a sensor, a customer, a machine.
///
/// ```swift
/// let pool = try KeyedStreams<Float>(
///   StreamingParameters(clusterCount: 4, forgetting: .halfLife(50)), capacity: 100_000,
///   folder: "models")
/// let report = try pool.update(rows.view, keys: sensors)     // rows of any keys, in any order
/// try pool.stream(for: "pump 7")?.centroids
/// try pool.save()
/// ```
///
/// Each key has a model that learns nothing but its own rows, the same bits as a
/// ``StreamingKMeans`` of them: a batch of the pool is one of each model that has rows in it. A
/// model that has begun takes 3 k d + 5 k + 5 numbers of 64 bits and its key, and learns in
/// scratch memory that all share. Models by the cosine, of standardised columns, by Spark's rules,
/// or that watch their drift are whole streams, of some KiB each, as are those that wait for their
/// first rows.
///
/// A reference, to be used by one thread at a time; updates share the work among threads.
public final class KeyedStreams<Scalar: ClusteringScalar> {
  /// The parameters of each stream.
  public let parameters: StreamingParameters
  /// The number of models in memory between two batches, at most; `nil` for any.
  public let capacity: Int?
  /// The number of batches so far.
  public internal(set) var batchCount = 0
  /// The number of columns of all points; `nil` before the first.
  public internal(set) var columns: Int?
  /// The parameters of a stream, which runs on one thread: threads share keys.
  let single: StreamingParameters
  let folder: KeyedFolder?
  /// The number of each key's model.
  var numbers: [ExactText: Int32] = [:]
  /// The key of each model, and its stream where that is whole; by number.
  var keys: [ExactText] = []
  var whole: [WholeStream<Scalar>?] = []
  /// Whether it has changed since it was stored.
  var isChanged: [Bool] = []
  /// Room for the number of a group, by model.
  var groups: [Int32] = []
  var order = UseOrder()
  var free: [Int32] = []
  var slabs: KeyedSlabs?
  var scratches: [KeyedScratch<Scalar>] = []

  /// A pool without models; or one that goes on with those in a folder.
  ///
  /// - Parameters:
  ///   - parameters: those of each stream.
  ///   - capacity: the number of models in memory, at most: those that were not used for longest go
  ///     to the folder and come back when their key does, bit for bit. Those of one batch are in
  ///     memory at once. Without a folder a batch with one key more is refused.
  ///   - folder: where models go, made if it is not there; models of the same keys that are there
  ///     go on. One process at a time has it.
  /// - Throws: ``ClusteringError`` where a parameter is wrong; ``FileError`` where the folder
  ///   cannot be made or another process has it.
  public init(
    _ parameters: StreamingParameters, capacity: Int? = nil, folder: String? = nil
  ) throws {
    if let capacity, capacity < 1 { throw ClusteringError.keyed(.capacityNotPositive(capacity)) }
    self.parameters = parameters
    self.capacity = capacity
    var single = parameters
    single.execution.threads = 1
    // As it comes back from an archive.
    if single.leavesOutZeroRows == false { single.leavesOutZeroRows = nil }
    self.single = single
    try StreamingKMeans<Scalar>(single).validate()
    self.folder = try folder.map { try KeyedFolder($0) }
  }

  /// The number of models in memory.
  public var count: Int { numbers.count }

  /// The keys of the models in memory, in no order.
  public var keysInMemory: [String] { numbers.keys.map(\.text) }

  /// The bytes of a model that has begun, but for its key; 0 before the first point.
  public var bytesPerModel: Int {
    guard let layout = slabs?.layout else { return 0 }
    return layout.words * 8 + MemoryLayout<String>.stride * 2 + 32
  }

  /// A copy of the stream of a key, from memory or from the folder; `nil` where there is none.
  ///
  /// - Throws: ``FileError`` where its file cannot be read.
  public func stream(for key: String) throws -> StreamingKMeans<Scalar>? {
    if let number = numbers[ExactText(key)] { return stream(Int(number)) }
    guard let folder, KeyedStreams.isUsable(key) else { return nil }
    return try folder.stream(of: ExactText(key), single)
  }

  /// Begins with the rows that wait, in every model that has at least k of them: for the end of a
  /// short stream.
  ///
  /// - Returns: the changes, by key.
  @discardableResult
  public func begin() -> [KeyedEvent] {
    var events: [KeyedEvent] = []
    for number in keys.indices.sorted(by: { keys[$0] < keys[$1] }) {
      guard let stream = whole[number]?.stream, !stream.hasStarted,
        stream.waitingPointCount >= parameters.clusterCount
      else { continue }
      var begun = stream
      // Rows that are too few once some are left out go on waiting.
      guard let report = try? begun.begin() else { continue }
      put(begun, number)
      events += report.events.map { KeyedEvent(key: keys[number].text, event: $0) }
    }
    return events
  }

  /// Writes all models that have changed to the folder; does nothing without one.
  ///
  /// - Throws: ``FileError`` of the first that cannot be written.
  public func save() throws {
    guard folder != nil else { return }
    if let problem = store(keys.indices.filter { isInUse($0) && isChanged[$0] }).problem {
      throw problem
    }
  }

  /// Whether a text can be a key.
  package static func isUsable(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.count <= KeyedLimits.keyBytes
  }
}
