import KMeansReports
import Testing

/// Axes: their ends, and ticks at exact values.
@Suite struct ScaleTests {
  @Test func `ticks are round numbers around the values`() {
    let scale = Scale.linear([0.3, 9.2])
    #expect(scale.ticks.map(\.value) == [0, 2, 4, 6, 8, 10])
    #expect(scale.ticks.map(\.text) == ["0", "2", "4", "6", "8", "10"])
    #expect(scale.lower == 0 && scale.upper == 10)
    #expect(scale.place(of: 5) == 0.5 && scale.place(of: 0) == 0 && scale.place(of: 10) == 1)
  }

  @Test func `multiples of a tenth are the nearest numbers to these`() {
    let scale = Scale.linear([0.12, 0.58])
    #expect(scale.ticks.map(\.value) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    #expect(scale.ticks.map(\.text) == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"])
  }

  @Test func `a tight axis ends at its values`() {
    let scale = Scale.linear([0.3, 9.2], isTight: true)
    #expect(scale.lower == 0.3 && scale.upper == 9.2)
    #expect(scale.ticks.map(\.value) == [2, 4, 6, 8])
  }

  @Test func `negative values have a proper minus, zero has none`() {
    let scale = Scale.linear([-1.9, 1.9])
    #expect(scale.ticks.map(\.text) == ["−2", "−1", "0", "1", "2"])
    #expect(Scale.linear([3.0, 4], hasZero: true).lower == 0)
  }

  @Test(
    arguments: [
      [], [.nan, .infinity], [0, 0], [5, 5], [-7, -7], [1e6, 1e6 + 1e-9], [1e300, 1e300],
      [-1e308, 1e308], [.leastNonzeroMagnitude, .leastNonzeroMagnitude],
      [0, .leastNonzeroMagnitude], [1e-300, 3e-300], [1, 1 + 4e-16],
      [-1e17, 1e17 + 64], [0, 1e140], [123_456_789, 123_456_790], [0, .greatestFiniteMagnitude],
    ] as [[Double]]) func `any values have an axis`(_ values: [Double])
  {
    for scale in [
      Scale.linear(values), .linear(values, isTight: true), .linear(values, hasZero: true),
      .logarithmic(values) ?? .linear(values),
    ] {
      #expect(scale.lower < scale.upper)
      #expect(scale.lower.isFinite && scale.upper.isFinite)
      #expect(scale.ticks.count <= 14 && scale.ticks.allSatisfy { !$0.text.isEmpty })
      for tick in scale.ticks {
        #expect(tick.value >= scale.lower && tick.value <= scale.upper)
        let place = scale.place(of: tick.value)
        #expect(place > -1e-6 && place < 1 + 1e-6)
      }
      #expect(zip(scale.ticks, scale.ticks.dropFirst()).allSatisfy { $0.value < $1.value })
      for value in values where value.isFinite && (scale.kind == .linear || value > 0) {
        #expect(scale.place(of: value) > -1e-6 && scale.place(of: value) < 1 + 1e-6)
      }
    }
  }

  @Test func `logarithms have powers of ten`() throws {
    let scale = try #require(Scale.logarithmic([1, 31_000, -1, 0, .nan]))
    #expect(scale.kind == .logarithmic)
    #expect(scale.lower == 1 && scale.upper == 50_000)
    #expect(scale.ticks.map(\.value) == [1, 10, 100, 1000, 10_000])
    #expect(scale.ticks.map(\.text) == ["1", "10", "100", "1000", "10,000"])
    // ln 100 / ln 50,000.
    #expect((scale.place(of: 100) - 0.425625).magnitude < 1e-6)
    let short = try #require(Scale.logarithmic([30, 4000]))
    #expect(short.ticks.map(\.value) == [20, 50, 100, 200, 500, 1000, 2000, 5000])
    #expect(Scale.logarithmic([0, -1]) == nil)
  }

  @Test func `values within two powers of ten have linear ticks`() throws {
    let scale = try #require(Scale.logarithmic([120, 470]))
    #expect(scale.kind == .logarithmic)
    #expect(scale.ticks.map(\.value) == [100, 200, 300, 400, 500])
    #expect((scale.place(of: 500) - 1).magnitude < 1e-12)
    // Not the middle, for the scale is one of logarithms.
    #expect(scale.place(of: 300) > 0.6)
  }

  @Test(
    arguments: [
      (0.0, "0"), (1, "1"), (-1.5, "−1.5"), (12_345.6, "12,346"), (9876.6, "9877"), (0.25, "0.25"),
      (0.00012341, "0.0001234"), (0.000012, "1.2×10⁻⁵"), (1e6, "10⁶"), (-2.5e7, "−2.5×10⁷"),
      (1e-300, "10⁻³⁰⁰"), (.infinity, "∞"), (.nan, "none"), (999_999, "999,999"),
      (100, "100"),
    ]) func `numbers are short`(_ value: Double, _ text: String)
  {
    let digits = value == 999_999 ? 6 : value == 12_345.6 ? 5 : 4
    #expect(numberText(value, digits: digits) == text)
  }

  @Test func `counts and shares`() {
    #expect(countText(494_021) == "494,021" && countText(1234) == "1234" && countText(0) == "0")
    #expect(percentText(0.5684) == "56.8 %" && percentText(0) == "0.0 %")
    #expect(percentText(0.0001) == "< 0.1 %" && percentText(1) == "100.0 %")
    #expect(signed(1.234) == "+1.23" && signed(-0.5) == "−0.5" && signed(0) == "0")
  }
}
