/// How a file is to be read; what is not said is found out from the file.
public struct ReadingOptions: Sendable, Hashable {
  /// The format; nil takes it from the file name's extension, or else from the first bytes.
  public var format: VectorFormat?
  /// Which columns become the columns of the rows.
  public var columns: ColumnSelection
  /// How many values a row has, for formats that do not say it themselves.
  public var dimension: Int?
  /// Which array of an npz file is read: the name of a member without `.npy`. It may be left out
  /// where there is one array only.
  public var array: String?

  /// Options of which all have a default.
  public init(
    format: VectorFormat? = nil, columns: ColumnSelection = .numeric, dimension: Int? = nil,
    array: String? = nil
  ) {
    self.format = format
    self.columns = columns
    self.dimension = dimension
    self.array = array
  }
}
