// Which rows a strategy cannot decide, of every instruction set, against a plain loop.
import Clustering
import KMeansKernelTypes
import Testing

@Suite struct UndecidedKernelTests {
  @Test(arguments: InstructionSet.available)
  func `the rows are those of a plain loop`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      var random = TestRandom(12)
      for count in [0, 1, 7, 8, 9, 64, 129] {
        // From all decided to none: the gap against a part of about 1.
        for gap in [0.1, 1, 2, 2.4, 4, 100] {
          let rows = Rows(count, gap: gap, &random, type)
          #expect(rows.ambiguous(isa) == rows.expected, "count=\(count) gap=\(gap)")
        }
      }
    }
  }

  /// What the first eight rows hold decides alone.
  @Test(arguments: InstructionSet.available)
  func `a single row is found`(isa: InstructionSet) {
    for odd in 0..<16 {
      for fault in [Fault.second, .largeNorm, .noNumber] {
        var random = TestRandom(13)
        var rows = Rows(16, gap: 100, &random, Float.self)
        switch fault {
        case .second: rows.second[odd] = rows.best[odd]
        case .largeNorm: rows.norms[odd] = 1e30
        case .noNumber: rows.norms[odd] = .nan
        }
        #expect(rows.ambiguous(isa) == [Int32(odd)], "\(fault)")
      }
    }
  }

  private enum Fault { case second, largeNorm, noNumber }

  private struct Rows<Scalar: ClusteringScalar> {
    var labels: [Int32]
    var best: [Scalar]
    var second: [Scalar]
    var norms: [Scalar]
    let twicePart: [Double]
    let factors = (point: 0x1p-10, underflow: 0x1p-40, largest: 1e20)

    init(_ count: Int, gap: Double, _ random: inout TestRandom, _ type: Scalar.Type) {
      labels = (0..<count).map { _ in Int32(random.next() % 5) }
      best = (0..<count).map { _ in Scalar(Double.random(in: -9..<9, using: &random)) }
      norms = (0..<count).map { _ in Scalar(Double.random(in: 0..<200, using: &random)) }
      second = best.map { $0 + Scalar(gap * Double.random(in: 0.5..<1, using: &random)) }
      twicePart = (0..<5).map { _ in Double.random(in: 0..<1, using: &random) }
    }

    var expected: [Int32] {
      labels.indices.filter { row in
        let norm = Double(norms[row])
        let parts =
          twicePart[Int(labels[row])] + (factors.point * norm + factors.underflow)
        let score = Double(best[row])
        let threshold = score + parts + 0x1p-50 * (score.magnitude + parts)
        return !(norm <= factors.largest && Double(second[row]) > threshold)
      }.map { Int32($0) }
    }

    func ambiguous(_ isa: InstructionSet) -> [Int32] {
      var found = [Int32](repeating: -1, count: labels.count + 1)
      let count = KernelSet<Scalar>.compiled(for: isa).ambiguous(
        labels, best, second, norms, labels.count, twicePart, twicePart.max()!, factors.point,
        factors.underflow, factors.largest, &found)
      return Array(found[..<count])
    }
  }
}
