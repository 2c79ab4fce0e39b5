"""What depends on what: directly and through all others, and what would be lost without a cell.

`dependence` says where a region's demand and a cell's inputs come from, `extraction` what is lost
where a cell or a region is taken out, and screens all cells for chokepoints, `views` what several
parties see together that none sees alone, `mutual` how parties depend on each other over the years.
"""
