// `import VectorIO` is enough to read a file into a matrix and to catch what can go wrong.

@_exported public import enum KMeansFiles.FileError
@_exported public import KMeansLinearAlgebra
