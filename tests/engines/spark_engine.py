"""The figures by Apache Spark, here on this machine: prints rows as JSON."""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

data = Path(sys.argv[1])
session = SparkSession.builder.master("local[*]").appName("gamma-ok").config("spark.ui.enabled", "false").getOrCreate()
session.sparkContext.setLogLevel("ERROR")
# The CSV beside each part is not Parquet.
units = session.read.option("pathGlobFilter", "*.parquet").parquet(str(data / "units"))
units.createOrReplaceTempView("units")
rows = session.sql((Path(__file__).parent / "figures.sql").read_text(encoding="utf-8")).collect()
json.dump([[str(cell) if index in (7, 8) else cell for index, cell in enumerate(row)] for row in rows], sys.stdout)
session.stop()
