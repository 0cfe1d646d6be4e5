/// The places of the numbers of a small model in a piece of memory: all of its state, in words of
/// 64 bits, one behind another.
struct KeyedLayout: Sendable, Hashable {
  let clusters: Int
  let columns: Int

  /// The number of values of all centers.
  var values: Int { clusters * columns }
  // Centers begin at 0.
  var means: Int { values }
  var variances: Int { 2 * values }
  var weights: Int { 3 * values }
  var momentWeights: Int { weights + clusters }
  var lastSeen: Int { momentWeights + clusters }
  var ids: Int { lastSeen + clusters }
  var origins: Int { ids + clusters }
  var nextID: Int { origins + clusters }
  var landmark: Int { nextID + 1 }
  var latest: Int { nextID + 2 }
  var batchCount: Int { nextID + 3 }
  var pointCount: Int { nextID + 4 }
  /// The number of words of a model.
  var words: Int { nextID + 5 }
}

/// A small model in its piece of memory. An unsafe handle.
struct KeyedModel {
  let base: UnsafeMutablePointer<Double>
  let layout: KeyedLayout

  var centers: UnsafeMutablePointer<Double> { base }
  var means: UnsafeMutablePointer<Double> { base + layout.means }
  var variances: UnsafeMutablePointer<Double> { base + layout.variances }
  var weights: UnsafeMutablePointer<Double> { base + layout.weights }
  var momentWeights: UnsafeMutablePointer<Double> { base + layout.momentWeights }
  var lastSeen: UnsafeMutablePointer<Double> { base + layout.lastSeen }

  /// The clock, of a stream that forgets by some half-lives in a unit of time.
  func clock(rate: Double) -> DecayClock {
    DecayClock(rate: rate, landmark: base[layout.landmark], latest: base[layout.latest])
  }

  func set(_ clock: DecayClock) {
    base[layout.landmark] = clock.landmark
    base[layout.latest] = clock.latest
  }

  /// A whole number.
  subscript(word: Int) -> Int {
    get { Int(bitPattern: UInt(base[word].bitPattern)) }
    nonmutating set { base[word] = Double(bitPattern: UInt64(UInt(bitPattern: newValue))) }
  }

  func id(_ cluster: Int) -> Int { self[layout.ids + cluster] }
}

/// Memory for many small models: pieces of it are taken and given back, and never move.
///
/// `@unchecked Sendable`: belongs to one pool.
final class KeyedSlabs: @unchecked Sendable {
  private static var modelsOfSlab: Int { 512 }
  let layout: KeyedLayout
  private var slabs: [UnsafeMutablePointer<Double>] = []

  init(_ layout: KeyedLayout) { self.layout = layout }

  deinit { for slab in slabs { slab.deallocate() } }

  /// Makes room for so many models.
  func reserve(_ count: Int) {
    while slabs.count * Self.modelsOfSlab < count {
      slabs.append(.allocate(capacity: Self.modelsOfSlab * layout.words))
    }
  }

  /// A model by its number; there has to be room for it.
  subscript(number: Int) -> KeyedModel {
    let slab = slabs[number / Self.modelsOfSlab]
    return KeyedModel(
      base: slab + number % Self.modelsOfSlab * layout.words, layout: layout)
  }
}
