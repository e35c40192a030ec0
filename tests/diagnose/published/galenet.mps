* Greenberg's network: what flows out of the supplies through two nodes cannot meet the demands.
NAME          GALENET
ROWS
 N  COST
 L  SUPPLY1
 L  SUPPLY2
 L  SUPPLY3
 E  NODE4
 E  NODE5
 G  DEMAND6
 G  DEMAND7
 G  DEMAND8
COLUMNS
    ARC14     SUPPLY1   1             NODE4     1
    ARC24     SUPPLY2   1             NODE4     1
    ARC25     SUPPLY2   1             NODE5     1
    ARC35     SUPPLY3   1             NODE5     1
    ARC46     DEMAND6   1             NODE4     -1
    ARC47     DEMAND7   1             NODE4     -1
    ARC57     DEMAND7   1             NODE5     -1
    ARC58     DEMAND8   1             NODE5     -1
RHS
    SIDES     SUPPLY1   20            SUPPLY2   20
    SIDES     SUPPLY3   20            DEMAND6   10
    SIDES     DEMAND7   20            DEMAND8   30
BOUNDS
 UP CAPACITY  ARC14     30
 UP CAPACITY  ARC24     20
 UP CAPACITY  ARC25     10
 UP CAPACITY  ARC35     10
 UP CAPACITY  ARC46     10
 UP CAPACITY  ARC47     2
 UP CAPACITY  ARC57     20
 UP CAPACITY  ARC58     30
ENDATA
