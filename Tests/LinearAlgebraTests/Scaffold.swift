import KMeansLinearAlgebra
import Testing

@Test func tryIt() throws {
  let pixels: [Float] = (0..<12).map { Float($0) }
  let points = try MatrixView(pixels.span, columns: 3)
  #expect(points[2][1] == 7)
  var m = try Matrix<Float>([[0, 0], [1, 0], [9, 9]])
  let n = m
  m[0, 0] = 5
  #expect(n[0][0] == 0)
  #expect((0..<2).map { m[2][$0] } == [9, 9])
  #expect(m.view.rows(1..<3)[0][0] == 1)
}
