"""A list of people who may not enter, to start from. Pure."""

BARRED = (
    "\ufeffHọ và tên,Ngày sinh,Số điện thoại,Lý do\r\n"
    "Nguyễn Văn An,15/08/1980,0912 345 678,Ban Tổ chức\r\n"
    "Lò Thị Bình,1985,,Người ra đề\r\n"
)
