// `import VectorIO` is enough to read a file into a matrix and to catch its errors.

@_exported public import enum KMeansFiles.FileError
@_exported public import KMeansLinearAlgebra
