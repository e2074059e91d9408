"""Where expected values come from: books, papers and standards by the keys the cases name.

"derived" stands for a value worked out from the assumptions the case states, and confirmed by a simulation of its own.
"""

SOURCES = {
    "BOW": "Bowditch, American Practical Navigator (NGA Pub. 9); Maneuvering Board Manual (Pub. 217)",
    "W02": "A. R. Washburn, Search and Detection, 4th edition, INFORMS 2002",
    "NAH": "P. J. Nahin, Chases and Escapes, Princeton 2007 (Bouguer's result of 1732)",
    "FS1037": "Federal Standard 1037C, radio horizon range",
    "MAH": "B. Mahafza, MATLAB Simulations for Radar Systems Design, equations 2.75 to 2.77",
    "RIC": "M. Richards, Fundamentals of Radar Signal Processing, section 6",
    "K46": "B. O. Koopman, Search and Screening, OEG Report 56 (1946)",
    "EAG": "J. Eagle, notes for OA3602 Search and Detection Theory, NPS 2012",
    "WMS": "D. H. Wagner, W. C. Mylander and T. J. Sanders, Naval Operations Analysis, 3rd edition, USNI 1999",
    "DAN": "J. M. Danskin, A helicopter versus submarine search game, Operations Research 16 (1968)",
    "BEN": "R. Ben Yoash, M. Atkinson and M. Kress, Where to Dip?, NPS 2018",
    "IAM": "IMO and ICAO, IAMSAR Manual, volume II",
    "DRI": "M. Driels, Weaponeering, AIAA 2004",
    "WFT": "A. R. Washburn, Notes on Firing Theory, NPS 2002",
    "GH": "Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, Wiley",
    "COB": "A. Cobham, Priority assignment in waiting line problems, JORSA 2 (1954)",
    "MAL": "D. G. Malcolm and others, Application of a technique for R&D program evaluation, Operations Research 7 (1959)",
    "CUB": "the cube law of ship power and fuel, as engine makers state it",
    "BP": "R. Barlow and F. Proschan, Mathematical Theory of Reliability, Wiley 1965",
    "KS": "J. Kemeny and J. Snell, Finite Markov Chains, 1960",
    "VIN": "T. Vincenty, Survey Review 23 (1975); the line is that of the Australian datum's technical manual",
    "KAR": "C. F. F. Karney, Algorithms for geodesics, Journal of Geodesy 87 (2013); test data of GeographicLib",
    "MEE": "J. Meeus, Astronomical Algorithms, 2nd edition, chapter 25",
    "EPH": "PyEphem 4.2.1 (VSOP87) without refraction",
    "LK": "A. M. Law, Simulation Modeling and Analysis, McGraw-Hill",
    "ISH": "T. Ishigami and T. Homma, An importance quantification technique in uncertainty analysis for computer models, 1990",
    "SAL": "A. Saltelli and others, Global Sensitivity Analysis: The Primer, Wiley 2008",
    "MOR": "M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33 (1991)",
    "YE": "K. Q. Ye, Orthogonal column Latin hypercubes, Journal of the American Statistical Association 93 (1998)",
    "CL": "T. Cioppa and T. Lucas, Efficient nearly orthogonal and space-filling Latin hypercubes, Technometrics 49 (2007)",
    "SIM": "SimPy's documentation, on time and scheduling",
    "derived": "derived from the stated assumptions, and confirmed by a simulation made for that alone",
}
