/// The type of a value of a matrix: `Float` or `Double`. No other type may conform.
public protocol MatrixScalar:
  BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Sendable, Codable, LosslessStringConvertible
{}

extension Float: MatrixScalar {}
extension Double: MatrixScalar {}
